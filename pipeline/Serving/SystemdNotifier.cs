using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace AuStream.Pipeline.Serving;

/// <summary>
/// Tells systemd how the service does, by datagrams to the socket that <c>NOTIFY_SOCKET</c> names (man sd_notify): ready, alive, stopping. Does nothing where
/// there is no such socket. Thread-safe.
/// </summary>
public sealed class SystemdNotifier : IDisposable
{
    private readonly Socket? _socket;
    private readonly Lock _gate = new();

    private SystemdNotifier(Socket? socket, TimeSpan? watchdogInterval)
    {
        _socket = socket;
        WatchdogInterval = watchdogInterval;
    }

    /// <summary>Longest time between two signs of life that the unit's WatchdogSec asks for; null where it has none.</summary>
    public TimeSpan? WatchdogInterval { get; }

    /// <summary>Connects to the socket of this process' environment.</summary>
    public static SystemdNotifier FromEnvironment() => Create(
        Environment.GetEnvironmentVariable("NOTIFY_SOCKET"),
        Environment.GetEnvironmentVariable("WATCHDOG_USEC"),
        Environment.GetEnvironmentVariable("WATCHDOG_PID"));

    /// <summary>Says that the service runs, in systemctl's status line too.</summary>
    public void Ready(string status) => Send($"READY=1\nSTATUS={OneLine(status)}");

    /// <summary>Renews systemctl's status line.</summary>
    public void Status(string status) => Send($"STATUS={OneLine(status)}");

    /// <summary>Gives a sign of life.</summary>
    public void Alive() => Send("WATCHDOG=1");

    /// <summary>Says that the service ends.</summary>
    public void Stopping() => Send("STOPPING=1");

    /// <inheritdoc/>
    public void Dispose() => _socket?.Dispose();

    /// <summary>From the values of the variables, as systemd sets them.</summary>
    /// <param name="path">A path, or a name that begins with @ (an abstract socket).</param>
    /// <param name="watchdogMicroseconds">The watchdog's limit.</param>
    /// <param name="watchdogProcess">The process that must give signs of life, if it is a certain one.</param>
    internal static SystemdNotifier Create(string? path, string? watchdogMicroseconds, string? watchdogProcess)
    {
        if (string.IsNullOrEmpty(path))
        {
            return new SystemdNotifier(null, null);
        }

        bool isForUs = string.IsNullOrEmpty(watchdogProcess) || watchdogProcess == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        TimeSpan? interval = isForUs && long.TryParse(watchdogMicroseconds, NumberStyles.None, CultureInfo.InvariantCulture, out long microseconds) && microseconds > 0
            ? TimeSpan.FromMicroseconds(microseconds)
            : null;
        Socket socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path[0] == '@' ? '\0' + path[1..] : path));
            socket.Blocking = false;
            return new SystemdNotifier(socket, interval);
        }
        catch (SocketException)
        {
            // Whoever set the variable is gone; the service works without.
            socket.Dispose();
            return new SystemdNotifier(null, null);
        }
    }

    private static string OneLine(string status) => status.ReplaceLineEndings(" ");

    private void Send(string message)
    {
        if (_socket is null)
        {
            return;
        }

        lock (_gate)
        {
            try
            {
                _socket.Send(Encoding.UTF8.GetBytes(message));
            }
            catch (SocketException)
            {
                // A full queue or a restarting systemd: the next sign of life follows soon.
            }
        }
    }
}
