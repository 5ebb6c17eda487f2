using System.Runtime.ExceptionServices;
using AuStream.Pipeline.Observing;
using AuStream.Stages.ActionUnits;
using AuStream.Stages.Calibrating;
using AuStream.Stages.Decoding;
using AuStream.Stages.Faces;
using AuStream.Stages.Frames;
using AuStream.Stages.Limiting;
using AuStream.Stages.Publishing;

namespace AuStream.Pipeline.Graph;

/// <summary>
/// One stream's chain of stages, each in a task of its own, linked by bounded channels: decode → faces → action units →
/// events and sinks. A file waits when a stage is slow; a live source keeps the latest frames and counts the dropped ones.
/// </summary>
/// <remarks>
/// <see cref="RunAsync"/> ends when the source ends, when it is asked to stop, or when a stage fails. In each case what is in
/// flight is finished and published, open events get their end, and every sink is completed before it returns.
/// </remarks>
public sealed class StreamGraph
{
    private readonly StreamGraphParts _parts;
    private readonly StreamGraphOptions _options;
    private readonly FrameFacesPool _pool = new();
    private readonly ResultPublisher _publisher;
    private readonly List<Exception> _faults = [];
    private readonly ComputeTurn _faceTurn;
    private readonly ComputeTurn _measuringTurn;

    /// <exception cref="ArgumentException">No sink was given.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public StreamGraph(StreamGraphParts parts, StreamGraphOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (parts.Sinks.Count == 0)
        {
            throw new ArgumentException("A stream needs at least one sink, else nothing would come of its measurements.", nameof(parts));
        }

        _parts = parts;
        _options = options;
        Metrics = new StreamMetrics(time);
        // A stream of its own never waits: each of its two computing stages has a place.
        ComputeTurns turns = parts.Turns ?? new ComputeTurns(places: 2, time);
        ComputeAccount account = new();
        _faceTurn = turns.CreateTurn(account);
        _measuringTurn = turns.CreateTurn(account);
        _publisher = new ResultPublisher(parts.Events, parts.Sinks, Metrics, options, time);
    }

    /// <summary>What the stream has done so far.</summary>
    public StreamMetrics Metrics { get; }

    /// <summary>The stream's neutral faces, for requests to enrol from any thread; null where there are none.</summary>
    public NeutralReferences? References => _parts.References;

    /// <summary>Tells the sinks how the stream is doing. May be called from any thread while it runs.</summary>
    public Task PublishStatusAsync(StreamStatus status) => _publisher.PublishStatusAsync(status);

    /// <summary>Runs the stream to its end. Once per object.</summary>
    /// <param name="stop">Asks for an orderly end: no more frames are read, what is in flight is finished.</param>
    /// <exception cref="SourceException">The source failed; everything before was published.</exception>
    /// <exception cref="AggregateException">Several stages or sinks failed.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        using FrameChannel<VideoFrame> frames = _parts.Source.Description.Kind == SourceKind.Live
            ? FrameChannel.CreateLatest(_options.FrameCapacity)
            : FrameChannel.CreateLossless(_options.FrameCapacity);
        using FrameChannel<FrameFaces> found = FrameChannel.CreateLossless<FrameFaces>(_options.StageCapacity);
        using FrameChannel<FrameFaces> measured = FrameChannel.CreateLossless<FrameFaces>(_options.StageCapacity);
        using CancellationTokenSource reading = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Metrics.FramesDropped = () => frames.Dropped;
        try
        {
            // A stage that ends disposes the edge that it reads: a fault travels upstream as "nobody takes any more", and
            // downstream as the end of the stream, so that what was measured before is still published.
            await Task.WhenAll(
                RunAsync(() => ReadAsync(frames, reading.Token), reading, () => frames.Complete()),
                RunAsync(() => FindFacesAsync(frames, found), reading, () => Close(frames, found)),
                RunAsync(() => MeasureAsync(found, measured), reading, () => Close(found, measured)),
                RunAsync(() => PublishAsync(measured), reading, measured.Dispose));
            _faults.AddRange(await _publisher.CompleteAsync(_faults.FirstOrDefault()?.Message));
        }
        finally
        {
            _parts.FaceFinder.Dispose();
            (_parts.ActionUnits as IDisposable)?.Dispose();
            (_parts.Time as IDisposable)?.Dispose();
        }

        if (_faults.Count == 1)
        {
            ExceptionDispatchInfo.Throw(_faults[0]);
        }

        if (_faults.Count > 1)
        {
            throw new AggregateException(_faults);
        }
    }

    private static void Close<TIn, TOut>(FrameChannel<TIn> input, FrameChannel<TOut> output)
        where TIn : class, IDisposable
        where TOut : class, IDisposable
    {
        input.Dispose();
        output.Complete();
    }

    private static void Work(IFrameStage stage, FrameFaces faces, StageClock clock)
    {
        long started = clock.Start();
        try
        {
            stage.Process(faces);
        }
        catch
        {
            faces.Dispose();
            throw;
        }

        clock.Stop(started);
    }

    private async Task RunAsync(Func<Task> stage, CancellationTokenSource reading, Action close)
    {
        try
        {
            await Task.Run(stage, CancellationToken.None);
        }
        catch (OperationCanceledException) when (reading.IsCancellationRequested)
        {
            // An orderly stop, or the consequence of a fault that is already known.
        }
#pragma warning disable CA1031 // Whatever a stage throws ends the stream in order and is rethrown when it has ended.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            lock (_faults)
            {
                _faults.Add(fault);
            }

            await reading.CancelAsync();
        }
        finally
        {
            close();
        }
    }

    private async Task ReadAsync(FrameChannel<VideoFrame> output, CancellationToken cancellation)
    {
        long started = Metrics.DecodingClock.Start();
        await foreach (VideoFrame frame in _parts.Source.ReadAsync(cancellation).ConfigureAwait(false))
        {
            Metrics.DecodingClock.Stop(started);
            Metrics.CountFrameIn();
            if (!await output.WriteAsync(frame, cancellation).ConfigureAwait(false))
            {
                return;
            }

            started = Metrics.DecodingClock.Start();
        }
    }

    private async Task FindFacesAsync(FrameChannel<VideoFrame> input, FrameChannel<FrameFaces> output)
    {
        while (await input.ReadAsync().ConfigureAwait(false) is { } frame)
        {
            FrameFaces faces = _pool.Rent(frame);
            await _faceTurn.EnterAsync().ConfigureAwait(false);
            try
            {
                Work(_parts.FaceFinder, faces, Metrics.FaceClock);
            }
            finally
            {
                _faceTurn.Leave();
            }

            if (!await output.WriteAsync(faces).ConfigureAwait(false))
            {
                return;
            }
        }
    }

    private async Task MeasureAsync(FrameChannel<FrameFaces> input, FrameChannel<FrameFaces> output)
    {
        while (await input.ReadAsync().ConfigureAwait(false) is { } faces)
        {
            await _measuringTurn.EnterAsync().ConfigureAwait(false);
            try
            {
                Work(_parts.ActionUnits, faces, Metrics.ActionUnitClock);
                faces.ReleaseFrame();
                if (_parts.Time is not null)
                {
                    Work(_parts.Time, faces, Metrics.TemporalClock);
                }
            }
            finally
            {
                _measuringTurn.Leave();
            }

            if (!await output.WriteAsync(faces).ConfigureAwait(false))
            {
                return;
            }
        }
    }

    private async Task PublishAsync(FrameChannel<FrameFaces> input)
    {
        while (await input.ReadAsync().ConfigureAwait(false) is { } faces)
        {
            using (faces)
            {
                await _publisher.PublishAsync(faces).ConfigureAwait(false);
            }
        }
    }
}
