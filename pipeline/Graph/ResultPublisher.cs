using AuStream.Pipeline.Observing;
using AuStream.Stages.ActionUnits;
using AuStream.Stages.Faces;
using AuStream.Stages.Publishing;

namespace AuStream.Pipeline.Graph;

/// <summary>The end of the chain: turns frames into events and hands both to every sink, one call at a time.</summary>
#pragma warning disable CA1001 // The gate has no wait handle to release, and a late status must find it alive.
internal sealed class ResultPublisher(
    IEventStage? eventStage,
    IReadOnlyList<IResultSink> sinks,
    StreamMetrics metrics,
    StreamGraphOptions options,
    TimeProvider time)
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly List<ActionUnitEvent> _events = [];
    private long _lastPts;
    private long _lastStatistics = time.GetTimestamp();
    private long _lastFrames;
    private bool _isCompleted;

    /// <summary>Publishes one frame and the events decided at it.</summary>
    public async ValueTask PublishAsync(FrameFaces faces)
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            _events.Clear();
            _lastPts = faces.Envelope.PtsMicroseconds;
            if (eventStage is not null)
            {
                long smoothing = metrics.SmoothingClock.Start();
                eventStage.Process(faces, _events);
                metrics.SmoothingClock.Stop(smoothing);
            }

            long publishing = metrics.PublishingClock.Start();
            for (int i = 0; i < sinks.Count; i++)
            {
                await sinks[i].PublishFrameAsync(faces, CancellationToken.None).ConfigureAwait(false);
                for (int k = 0; k < _events.Count; k++)
                {
                    await sinks[i].PublishEventAsync(_events[k], CancellationToken.None).ConfigureAwait(false);
                }
            }

            metrics.PublishingClock.Stop(publishing);
            metrics.CountFrameOut(CountVisible(faces), _events.Count, time.GetElapsedTime(faces.Envelope.ReceivedTimestamp));
            if (time.GetElapsedTime(_lastStatistics) >= options.StatisticsInterval)
            {
                await PublishStatisticsAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Tells every sink how the stream is doing. Does nothing after completion.</summary>
    public async Task PublishStatusAsync(StreamStatus status)
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            for (int i = 0; i < sinks.Count && !_isCompleted; i++)
            {
                await sinks[i].PublishStatusAsync(status, CancellationToken.None).ConfigureAwait(false);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Ends open events and completes every sink; returns what failed.</summary>
    /// <param name="fault">Why the stream ends, where it ends by a fault.</param>
    public async Task<IReadOnlyList<Exception>> CompleteAsync(string? fault = null)
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            _isCompleted = true;
            _events.Clear();
            eventStage?.Complete(_lastPts, EventEndReason.StreamEnded, _events);
            using CancellationTokenSource drain = new(options.DrainTimeout, time);
            List<Exception> faults = [];
            foreach (IResultSink sink in sinks)
            {
                try
                {
                    foreach (ActionUnitEvent actionUnitEvent in _events)
                    {
                        await sink.PublishEventAsync(actionUnitEvent, drain.Token).ConfigureAwait(false);
                    }

                    if (fault is not null && sink is BusResultSink bus)
                    {
                        await bus.PublishStatusAsync(new StreamStatus(StreamState.Stopped, fault), drain.Token).ConfigureAwait(false);
                    }

                    await sink.CompleteAsync(drain.Token).ConfigureAwait(false);
                }
#pragma warning disable CA1031 // One sink's failure must not keep the others from completing; it is rethrown afterwards.
                catch (Exception failure)
#pragma warning restore CA1031
                {
                    faults.Add(failure);
                }
            }

            return faults;
        }
        finally
        {
            _gate.Release();
        }
    }

    private static int CountVisible(FrameFaces faces)
    {
        int visible = 0;
        for (int i = 0; i < faces.Faces.Count; i++)
        {
            visible += faces.Faces[i].IsVisible ? 1 : 0;
        }

        return visible;
    }

    private async ValueTask PublishStatisticsAsync()
    {
        long frames = metrics.FramesOut;
        StreamStatistics statistics = new()
        {
            FramesPerSecond = (frames - _lastFrames) / time.GetElapsedTime(_lastStatistics).TotalSeconds,
            LatencyP50Milliseconds = metrics.IntervalLatency.Percentile(0.5).TotalMilliseconds,
            LatencyP95Milliseconds = metrics.IntervalLatency.Percentile(0.95).TotalMilliseconds,
            LatencyP99Milliseconds = metrics.IntervalLatency.Percentile(0.99).TotalMilliseconds,
            FramesDecoded = metrics.FramesIn,
            FramesMeasured = frames,
            FramesDropped = metrics.FramesDropped(),
            Faces = metrics.FacesNow,
            SourceReconnects = metrics.Reconnects,
        };
        _lastFrames = frames;
        _lastStatistics = time.GetTimestamp();
        metrics.IntervalLatency.Reset();
        for (int i = 0; i < sinks.Count; i++)
        {
            await sinks[i].PublishStatisticsAsync(statistics, CancellationToken.None).ConfigureAwait(false);
        }
    }
}
