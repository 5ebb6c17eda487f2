using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace AuStream.Testing;

/// <summary>
/// A real mosquitto on a free loopback port, which a test may kill, stop and start again on the same port. Skips the
/// calling test where mosquitto is not installed.
/// </summary>
public sealed class MosquittoFixture : IAsyncDisposable
{
    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromSeconds(10);

    private readonly List<string> _log = [];
    private string _configuration;
    private Process? _process;

    private MosquittoFixture(int port, string folder, string configuration)
    {
        Port = port;
        Folder = folder;
        _configuration = configuration;
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    /// <summary>Where it listens: 127.0.0.1 and this port.</summary>
    public int Port { get; }

    /// <summary>A temporary folder of its own, for passwords and certificates; removed with the fixture.</summary>
    public string Folder { get; }

    /// <summary>What the broker wrote to its log so far.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return string.Join('\n', _log);
            }
        }
    }

    /// <summary>Starts a broker that lets anybody in.</summary>
    public static Task<MosquittoFixture> StartAsync() => StartAsync((_, _) => "allow_anonymous true");

    /// <summary>Starts a broker with further lines of configuration, made from its folder and port; the listener is given.</summary>
    public static async Task<MosquittoFixture> StartAsync(Func<string, int, string> configuration)
    {
        RequireTool("mosquitto");

        // Known before a broker runs: a test that is skipped later leaves it behind.
        RequireTool("mosquitto_sub");
        int port = FreePort();
        string folder = Directory.CreateTempSubdirectory("austream-mosquitto-").FullName;
        MosquittoFixture fixture = new(
            port,
            folder,
            configuration(folder, port));
        try
        {
            await fixture.StartAgainAsync();
            return fixture;
        }
        catch
        {
            await fixture.DisposeAsync();
            throw;
        }
    }

    /// <summary>Full path of a program of the mosquitto packages; skips the calling test where it is missing.</summary>
    public static string RequireTool(string name)
    {
        string[] folders = [.. (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator), "/usr/sbin", "/usr/local/sbin"];
        string? path = folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        if (path is null)
        {
            Assert.Skip($"needs {name}: apt-get install mosquitto mosquitto-clients");
        }

        return path!;
    }

    /// <summary>Starts the broker again on the same port, with other lines of configuration if given, and waits until it listens.</summary>
    public async Task StartAgainAsync(string? configuration = null)
    {
        _configuration = configuration ?? _configuration;
        string path = Path.Combine(Folder, "mosquitto.conf");
        await File.WriteAllTextAsync(
            path,
            $"""
            listener {Port} 127.0.0.1
            user {Environment.UserName}
            max_queued_messages 1000000
            log_dest stderr
            {_configuration}

            """);
        _process = new Process
        {
            StartInfo = new ProcessStartInfo(RequireTool("mosquitto"), ["-c", path]) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false },
        };
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_log)
            {
                _log.Add(line.Data ?? string.Empty);
            }
        };
        _process.Start();
        _process.BeginErrorReadLine();
        long start = Stopwatch.GetTimestamp();
        while (!await ListensAsync())
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(start) > ReadyTimeout)
            {
                throw new InvalidOperationException($"mosquitto did not start:\n{Log}");
            }

            await Task.Delay(10);
        }
    }

    /// <summary>Ends the broker at once (SIGKILL), without a goodbye to anybody.</summary>
    public void Kill()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            _process.WaitForExit();
        }
    }

    /// <summary>Ends the broker in order (SIGTERM): MQTT 5 clients are told.</summary>
    public void Stop()
    {
        Signal("TERM");
        _process!.WaitForExit();
    }

    /// <summary>Lets the broker read its configuration, passwords and access rules again (SIGHUP).</summary>
    public void Reload() => Signal("HUP");

    /// <summary>Stops the broker's clock (SIGSTOP): connections stand, nothing is answered.</summary>
    public void Freeze() => Signal("STOP");

    /// <summary>Lets a frozen broker go on.</summary>
    public void Thaw() => Signal("CONT");

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        Kill();
        _process?.Dispose();
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>A TCP port on loopback that nobody listens on right now.</summary>
    public static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void OnProcessExit(object? sender, EventArgs e) => Kill();

    private async Task<bool> ListensAsync()
    {
        try
        {
            using TcpClient client = new();
            await client.ConnectAsync(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void Signal(string signal)
    {
        using Process kill = Process.Start("kill", ["-" + signal, _process!.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
