using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using AuStream.Stages.Brokers.Mosquitto;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuStream.Stages.Brokers.Embedded;

/// <summary>
/// A real <c>mosquitto</c> as a child process, on loopback only, without passwords and without files: for trying things out
/// and for consumers on the same machine. When it dies it is started again on the same port; it ends with this object, and
/// where the kernel can see to it (Linux with <c>setpriv</c>) also when this program is killed.
/// </summary>
/// <remarks>Thread-safe.</remarks>
public sealed class EmbeddedBroker : IAsyncDisposable
{
    private const int Attempts = 6;
    private const string EndedEarly = "it ended with";
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(10);

    private readonly EmbeddedBrokerOptions _options;
    private readonly ILogger _logger;
    private readonly string _executable;
    private readonly string _folder;
    private BrokerSupervisor? _supervisor;
    private bool _tieToParent = true;
    private int _restarts;
    private int _disposed;

    private EmbeddedBroker(EmbeddedBrokerOptions options, ILogger logger)
    {
        _options = options;
        _logger = logger;
        _executable = BrokerExecutable.RequireMosquitto(options.ExecutablePath);
        _folder = Directory.CreateTempSubdirectory("austream-broker-").FullName;
        if (!OperatingSystem.IsWindows())
        {
            // The broker may run as another user; there is nothing secret in its configuration.
            File.SetUnixFileMode(_folder, (UnixFileMode)0b111_101_101);
        }

        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    /// <summary>The broker died and was started again; raised on the broker's own thread, which must not be blocked.</summary>
    public event Action? Restarted;

    /// <summary>TCP port on 127.0.0.1.</summary>
    public int Port { get; private set; }

    /// <summary>Where clients on this machine reach it: <c>mqtt://127.0.0.1:PORT</c>.</summary>
    public string Address => $"mqtt://127.0.0.1:{Port}";

    /// <summary>How often it was started again after it died.</summary>
    public int Restarts => Volatile.Read(ref _restarts);

    /// <summary>Process id of the running broker, for diagnosis; null while there is none.</summary>
    public int? ProcessId => _supervisor?.ProcessId;

    /// <summary>Options of a bus to this broker; the short delays suit a broker that is back within a moment.</summary>
    public MosquittoBusOptions BusOptions => new()
    {
        Host = "127.0.0.1",
        Port = Port,
        ReconnectDelay = TimeSpan.FromMilliseconds(50),
        MaxReconnectDelay = TimeSpan.FromSeconds(1),
    };

    private string ConfigurationPath => Path.Combine(_folder, "mosquitto.conf");

    /// <summary>Starts a broker and waits until it accepts clients.</summary>
    /// <exception cref="MessageBusException">mosquitto is not installed or did not start in time; the message has its words and the remedy.</exception>
    public static async Task<EmbeddedBroker> StartAsync(EmbeddedBrokerOptions options, ILogger? logger = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        EmbeddedBroker broker = new(options, logger ?? NullLogger.Instance);
        try
        {
            await broker.StartAsync(cancellationToken);
            return broker;
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the broker and removes its folder.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        await EndAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Configuration(int port) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        # Written by AuStream for its embedded broker.
        listener {port} 127.0.0.1
        allow_anonymous true
        persistence false
        max_queued_messages 100000
        set_tcp_nodelay true
        log_dest stderr
        log_type error
        log_type warning
        connection_messages false

        """);

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        string? failure = null;
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            Port = _options.Port > 0 ? _options.Port : BrokerProbe.FindFreePort();
            await File.WriteAllTextAsync(ConfigurationPath, Configuration(Port), cancellationToken);
            failure = await LaunchAsync(cancellationToken);
            if (failure is null)
            {
                _logger.LogInformation("Embedded broker (mosquitto) listens on {Address}", Address);
                return;
            }

            await EndAsync();
            bool isTaken = failure.Contains("in use", StringComparison.OrdinalIgnoreCase);
            if (isTaken ? _options.Port > 0 : !_tieToParent || !failure.StartsWith(EndedEarly, StringComparison.Ordinal))
            {
                break;
            }

            // A container may forbid setpriv, and nobody may not read a private temporary folder: then the broker runs without.
            _tieToParent = _tieToParent && isTaken;
        }

        throw new MessageBusException($"The embedded broker ({_executable}) did not start on port {Port}: {failure}");
    }

    /// <summary>Null when the broker accepts clients, else why not.</summary>
    private async Task<string?> LaunchAsync(CancellationToken cancellationToken)
    {
        bool tieToParent = _tieToParent;
        _supervisor = new BrokerSupervisor(() => new BrokerProcess(_executable, ConfigurationPath, tieToParent), _options.RestartDelay, OnRestarted);
        BrokerProcess process;
        try
        {
            process = await _supervisor.First.WaitAsync(cancellationToken);
        }
        catch (Win32Exception e)
        {
            return e.Message;
        }

        long start = Stopwatch.GetTimestamp();
        using CancellationTokenSource timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(_options.ReadyTimeout);
        try
        {
            while (!process.HasExited)
            {
                if (await BrokerProbe.AnswersAsync(Port, timeout.Token) && !process.HasExited && _supervisor.KeepAlive())
                {
                    return null;
                }

                await Task.Delay(ProbeInterval, timeout.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"no answer within {_options.ReadyTimeout.TotalSeconds:0.#} s. {process.Log}";
        }

        process.WaitForExit();
        return $"{EndedEarly} {process.ExitText}. {process.Log}";
    }

    private async Task EndAsync()
    {
        if (_supervisor is not null)
        {
            await _supervisor.EndAsync();
            _supervisor.Dispose();
            _supervisor = null;
        }
    }

    private void OnRestarted(string previousEnd)
    {
        Interlocked.Increment(ref _restarts);
        _logger.LogWarning("The embedded broker died ({End}) and was started again", previousEnd);
        Restarted?.Invoke();
    }

    private void OnProcessExit(object? sender, EventArgs e) => _supervisor?.EndProcess();
}
