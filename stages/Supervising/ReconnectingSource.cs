using System.Runtime.CompilerServices;
using AuStream.Stages.Decoding;
using AuStream.Stages.Frames;

namespace AuStream.Stages.Supervising;

/// <summary>
/// A live source that comes back: when it ends, breaks off or stalls, it is opened again, with growing and partly random waits.
/// For its consumer it is one stream: sequence numbers go on without a gap, and PTS go on by the wall-clock time that passed.
/// Sources that are not live pass through unchanged.
/// </summary>
/// <remarks>
/// An error that no retry can mend ends the very first connection at once, for a source that never existed; later every error
/// counts as an outage, because a camera that starts up may well answer nonsense.
/// </remarks>
public sealed class ReconnectingSource : IFrameSource
{
    private readonly Func<CancellationToken, Task<IFrameSource>> _open;
    private readonly ReconnectOptions _options;
    private readonly TimeProvider _time;
    private readonly Action<ConnectionChange>? _observer;
    private readonly Random _random;
    private readonly CancellationTokenSource _disposing = new();
    private IFrameSource? _source;
    private int _failures;
    private int _enumerations;
    private long _sequence;
    private long _lastPts;
    private long _lastReceived;
    private long _ptsOffset;

    private ReconnectingSource(
        Func<CancellationToken, Task<IFrameSource>> open, ReconnectOptions options, TimeProvider time, Action<ConnectionChange>? observer, Random random)
    {
        _open = open;
        _options = options;
        _time = time;
        _observer = observer;
        _random = random;
    }

    /// <summary>What was found at the first connection. After a reconnection frames may have another size.</summary>
    public SourceDescription Description { get; private set; } = null!;

    /// <summary>Connects for the first time.</summary>
    /// <param name="open">Opens the source, e.g. by <see cref="SourceFactory.OpenAsync"/>.</param>
    /// <param name="options">When and how often to try again.</param>
    /// <param name="time">The clock for waits and gaps.</param>
    /// <param name="observer">Told every change of state, on the thread that reads; it should return soon.</param>
    /// <param name="random">Draws the random part of the waits; null for an unseeded one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="SourceException">An error that no retry can mend, or the attempts are used up.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public static async Task<ReconnectingSource> OpenAsync(
        Func<CancellationToken, Task<IFrameSource>> open,
        ReconnectOptions options,
        TimeProvider time,
        Action<ConnectionChange>? observer,
        Random? random,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(open);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        options.Validate();
        var source = new ReconnectingSource(open, options, time, observer, random ?? new Random());
        try
        {
            source._source = await source.ConnectAsync(isFirst: true, cancellationToken).ConfigureAwait(false);
            source.Description = source._source.Description;
            return source;
        }
        catch
        {
            source._disposing.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<VideoFrame> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _enumerations) > 1)
        {
            throw new InvalidOperationException($"{Description.Uri} was read before: a source is read once.");
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposing.Token);
        while (true)
        {
            SourceException? error = null;
            long connectedAt = _time.GetTimestamp();
            bool isFirstFrame = true;
            await using (IFrameSource source = _source!)
            {
                await using IAsyncEnumerator<VideoFrame> frames = source.ReadAsync(ending.Token).GetAsyncEnumerator(ending.Token);
                while (true)
                {
                    VideoFrame? frame = null;
                    try
                    {
                        frame = await frames.MoveNextAsync().ConfigureAwait(false) ? frames.Current : null;
                    }
                    catch (SourceException known) when (Description.Kind == SourceKind.Live)
                    {
                        error = known;
                    }

                    if (frame is null)
                    {
                        break;
                    }

                    Continue(frame, isFirstFrame);
                    isFirstFrame = false;
                    yield return frame;
                }
            }

            if (Description.Kind != SourceKind.Live)
            {
                yield break;
            }

            bool wasStable = !isFirstFrame && _time.GetElapsedTime(connectedAt, _lastReceived) >= _options.StableAfter;
            _failures = wasStable ? 0 : _failures;
            if (error?.Fault != SourceFault.PictureShapeChanged)
            {
                await WaitAsync(error, isFirst: false, ending.Token).ConfigureAwait(false);
            }

            _source = await ConnectAsync(isFirst: false, ending.Token).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _disposing.CancelAsync().ConfigureAwait(false);
        if (_source is { } source)
        {
            await source.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<IFrameSource> ConnectAsync(bool isFirst, CancellationToken cancellationToken)
    {
        while (true)
        {
            Report(ConnectionStatus.Connecting, _failures + 1);
            try
            {
                IFrameSource source = await _open(cancellationToken).ConfigureAwait(false);
                Report(ConnectionStatus.Connected, attempt: 0);
                return source;
            }
            catch (SourceException error)
            {
                await WaitAsync(error, isFirst, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task WaitAsync(SourceException? error, bool isFirst, CancellationToken cancellationToken)
    {
        _failures++;
        string reason = error?.Message ?? $"{Description.Uri}: the stream ended.";
        if (error?.Fault == SourceFault.Stalled)
        {
            Report(ConnectionStatus.Stalled, _failures, reason);
        }

        int? limit = isFirst ? _options.MaxInitialAttempts : _options.MaxAttempts;
        if ((isFirst && !error!.IsTransient) || _failures >= limit)
        {
            Report(ConnectionStatus.Ended, _failures, reason);
            throw error ?? new SourceException(SourceFault.BrokenOff, reason, isTransient: true);
        }

        TimeSpan delay = _options.DelayAfter(_failures, _random.NextDouble());
        Report(ConnectionStatus.Waiting, _failures, reason, _time.GetUtcNow() + delay);
        await Task.Delay(delay, _time, cancellationToken).ConfigureAwait(false);
    }

    private void Continue(VideoFrame frame, bool isFirstOfConnection)
    {
        Envelope envelope = frame.Envelope;
        if (isFirstOfConnection && _sequence > 0)
        {
            long gap = (long)_time.GetElapsedTime(_lastReceived, envelope.ReceivedTimestamp).TotalMicroseconds;
            _ptsOffset = _lastPts + Math.Max(1, gap) - envelope.PtsMicroseconds;
        }

        _lastPts = Math.Max(_lastPts, envelope.PtsMicroseconds + _ptsOffset);
        _lastReceived = envelope.ReceivedTimestamp;
        frame.Envelope = envelope with { Sequence = _sequence++, PtsMicroseconds = _lastPts };
    }

    private void Report(ConnectionStatus status, int attempt, string? reason = null, DateTimeOffset? nextAttemptAt = null) =>
        _observer?.Invoke(new ConnectionChange(status, _time.GetUtcNow(), attempt, reason, nextAttemptAt));
}
