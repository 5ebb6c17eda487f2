using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuStream.Stages.Brokers.Files;

/// <summary>
/// Messages as JSON Lines: those of the topic <c>…/frames</c> in <c>frames.jsonl</c>, and so on, one message per line. A folder that
/// goes away, a full disk, are an outage like that of a broker: messages with acknowledgement wait with their sender until it is over.
/// </summary>
/// <remarks>
/// Files are added to, never replaced; they may be moved away while the program runs, as log rotation does. The folder itself is never
/// made: on a disk that is not mounted, that would fill another one. What is acknowledged is with the operating system and survives a
/// killed program; frames are at most <see cref="FileBusOptions.FlushInterval"/> behind. Files keep no last will.
/// </remarks>
public sealed class FileBus : IMessageBus
{
    private readonly FileBusOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LineFile> _files = [];
    private readonly CancellationTokenSource _stop = new();
    private BusStatus _status = new(BusState.Disconnected);
    private BusCounters _counters;
    private Task? _running;
    private long _triedAt;

    /// <param name="options">Where to write.</param>
    /// <param name="time">For the intervals.</param>
    /// <param name="logger">Where trouble goes; null for nowhere.</param>
    public FileBus(FileBusOptions options, TimeProvider time, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(options.Folder);
        ArgumentNullException.ThrowIfNull(time);
        _options = options;
        _time = time;
        _logger = logger ?? NullLogger.Instance;
    }

    /// <inheritdoc/>
    public event Action<BusStatus>? StatusChanged;

    /// <inheritdoc/>
    public BusStatus Status => Volatile.Read(ref _status);

    /// <inheritdoc/>
    public BusCounters Counters
    {
        get
        {
            lock (_lock)
            {
                return _counters;
            }
        }
    }

    /// <inheritdoc/>
    public Task<BusStatus> ConnectAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, this);
        lock (_lock)
        {
            if (_running is null)
            {
                Connect();
                _running = Task.Run(RunAsync, CancellationToken.None);
            }
        }

        return Task.FromResult(Status);
    }

    /// <inheritdoc/>
    public ValueTask<PublishResult> PublishAsync(BusRoute route, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(route);
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<PublishResult>(cancellationToken);
        }

        string name = route.Topic[(route.Topic.LastIndexOf('/') + 1)..];
        if (name.Length == 0 || route.Topic.AsSpan().IndexOfAny('+', '#') >= 0 || name is "." or ".." || name.AsSpan().IndexOfAny(Path.GetInvalidFileNameChars()) >= 0)
        {
            throw new MessageBusException($"'{route.Topic}' is not a topic to publish on: it must not be empty nor contain + or #.");
        }

        lock (_lock)
        {
            return ValueTask.FromResult(Publish(route, name, payload.Span));
        }
    }

    /// <inheritdoc/>
    public async Task DisconnectAsync()
    {
        if (!_stop.IsCancellationRequested)
        {
            await _stop.CancelAsync();
        }

        if (_running is not null)
        {
            await _running;
        }

        lock (_lock)
        {
            if (Status.State == BusState.Connected)
            {
                Try(file => file.Complete());
            }

            CloseAll();
            SetStatus(new BusStatus(BusState.Disconnected));
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await DisconnectAsync();
        _stop.Dispose();
    }

    private PublishResult Publish(BusRoute route, string name, ReadOnlySpan<byte> payload)
    {
        bool isAcknowledged = route.QualityOfService == QualityOfService.AtLeastOnce;
        if (!route.IsText || payload.Contains((byte)'\n'))
        {
            _counters = _counters with { Rejected = _counters.Rejected + 1 };
            return new PublishResult(PublishOutcome.Rejected, "only messages that are one line of text can be written to a file of lines", IsPermanent: true);
        }

        if (Status.State != BusState.Connected)
        {
            return NotPublished(isAcknowledged);
        }

        if (!_files.TryGetValue(name, out LineFile? file))
        {
            file = new LineFile(Path.Combine(_options.Folder, name + ".jsonl"));
            _files.Add(name, file);
        }

        if (!isAcknowledged)
        {
            if (file.WaitingBytes + payload.Length > _options.MaxBufferedBytes)
            {
                return NotPublished(isAcknowledged);
            }

            file.Add(payload);
            _counters = _counters with { Sent = _counters.Sent + 1 };
            return new PublishResult(PublishOutcome.Sent);
        }

        try
        {
            RequireFolder();
            file.FlushWith(payload);
            _counters = _counters with { Acknowledged = _counters.Acknowledged + 1 };
            return new PublishResult(PublishOutcome.Acknowledged);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fail(e);
            return NotPublished(isAcknowledged);
        }
    }

    private PublishResult NotPublished(bool isAcknowledged)
    {
        _counters = isAcknowledged
            ? _counters with { NotAcknowledged = _counters.NotAcknowledged + 1 }
            : _counters with { Dropped = _counters.Dropped + 1 };
        return isAcknowledged
            ? new PublishResult(PublishOutcome.NotAcknowledged, Status.Reason ?? "not connected")
            : new PublishResult(PublishOutcome.Dropped);
    }

    private async Task RunAsync()
    {
        using PeriodicTimer timer = new(_options.FlushInterval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                lock (_lock)
                {
                    if (Status.State == BusState.Connected)
                    {
                        Try(file => file.Flush());
                    }
                    else if (_time.GetElapsedTime(_triedAt) >= _options.RetryInterval)
                    {
                        Connect();
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
    }

    private void Try(Action<LineFile> work)
    {
        try
        {
            RequireFolder();
            foreach (LineFile file in _files.Values)
            {
                work(file);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fail(e);
        }
    }

    private void RequireFolder()
    {
        if (!Directory.Exists(_options.Folder))
        {
            throw new DirectoryNotFoundException($"the folder {_options.Folder} is not there");
        }
    }

    private void Connect()
    {
        _triedAt = _time.GetTimestamp();
        if (File.Exists(_options.Folder))
        {
            SetStatus(new BusStatus(BusState.Refused, $"{_options.Folder} is not a folder"));
            return;
        }

        try
        {
            RequireFolder();
            string probe = Path.Combine(_options.Folder, $".probe-{Guid.NewGuid():N}");
            File.WriteAllBytes(probe, "x"u8);
            File.Delete(probe);
            _counters = _counters with { Connects = _counters.Connects + 1 };
            SetStatus(new BusStatus(BusState.Connected));
        }
        catch (UnauthorizedAccessException e)
        {
            SetStatus(new BusStatus(BusState.Refused, e.Message));
        }
        catch (IOException e)
        {
            SetStatus(new BusStatus(BusState.Disconnected, e.Message));
        }
    }

    private void Fail(Exception fault)
    {
        _triedAt = _time.GetTimestamp();
        CloseAll();
        SetStatus(new BusStatus(BusState.Disconnected, $"{_options.Folder} cannot be written: {fault.Message}"));
    }

    private void CloseAll()
    {
        foreach (LineFile file in _files.Values)
        {
            file.Close();
        }

        _files.Clear();
    }

    private void SetStatus(BusStatus status)
    {
        if (status == _status)
        {
            return;
        }

        Volatile.Write(ref _status, status);
        if (status.Reason is not null)
        {
            _logger.LogWarning("{Reason}", status.Reason);
        }

        StatusChanged?.Invoke(status);
    }
}
