using System.Buffers;
using AuStream.Stages.ActionUnits;
using AuStream.Stages.Faces;
using AuStream.Stages.Messages;
using AuStream.Stages.Publishing;

namespace AuStream.Stages.Recording;

/// <summary>
/// Writes a file of JSON Lines: one message per line, the very messages that <see cref="MqttResultSink"/> publishes
/// (<c>docs/messages.md</c>), with a numbering of events of its own.
/// </summary>
/// <remarks>
/// Whole lines are handed to the operating system with every event, status and statistics, every half second of the stream's
/// time, and at the end, where the disk is waited for too. A frame allocates nothing. Not thread-safe.
/// </remarks>
public sealed class JsonLinesSink : IResultSink
{
    private const int FlushBytes = 64 * 1024;
    private const long FlushMicroseconds = 500_000;

    private readonly RowFile _file;
    private readonly JsonMessageEncoder _encoder;
    private readonly ArrayBufferWriter<byte> _message = new(16 * 1024);
    private readonly StreamClock _clock;
    private readonly FaceLifeCycle _faces;
    private readonly TimeProvider _time;
    private readonly bool _withFrames;
    private long _eventNumber;
    private long _flushedAt = long.MinValue / 2;

    /// <summary>Creates the file, or replaces the one that is there.</summary>
    /// <param name="path">The file, by custom ending in <c>.jsonl</c>.</param>
    /// <param name="session">Where the messages come from.</param>
    /// <param name="purpose">What the operator declares the measurement to be for.</param>
    /// <param name="ids">Makes the ids of the faces' stays.</param>
    /// <param name="time">For the times of status and statistics.</param>
    /// <param name="withFrames">False leaves the frames out: events, status and statistics alone are a small file.</param>
    /// <exception cref="ResultFileException">The file cannot be written.</exception>
    public JsonLinesSink(string path, SessionInfo session, string purpose, EventIdGenerator ids, TimeProvider time, bool withFrames)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(time);
        _encoder = new JsonMessageEncoder(session, purpose);
        _clock = new StreamClock(session.StartedAt);
        _faces = new FaceLifeCycle(ids);
        _time = time;
        _withFrames = withFrames;
        _file = new RowFile(path, ',');
    }

    /// <inheritdoc/>
    /// <exception cref="ResultFileException">The disk is full or gone.</exception>
    public ValueTask PublishFrameAsync(FrameFaces faces, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(faces);
        _clock.Observe(faces.Envelope);
        if (_withFrames)
        {
            _message.ResetWrittenCount();
            _encoder.WriteFrame(faces, _message);
            EndLine();
        }

        WriteFaces(_faces.Observe(faces));
        long pts = faces.Envelope.PtsMicroseconds;
        if (pts - _flushedAt >= FlushMicroseconds || _file.Rows.WholeLength >= FlushBytes)
        {
            _file.Write();
            _flushedAt = pts;
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    /// <exception cref="ResultFileException">The disk is full or gone.</exception>
    public ValueTask PublishEventAsync(ActionUnitEvent actionUnitEvent, CancellationToken cancellationToken)
    {
        _message.ResetWrittenCount();
        _encoder.WriteEvent(actionUnitEvent, ++_eventNumber, _clock, _message);
        EndLine();
        _file.Write();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    /// <exception cref="ResultFileException">The disk is full or gone.</exception>
    public ValueTask PublishStatusAsync(StreamStatus status, CancellationToken cancellationToken)
    {
        _message.ResetWrittenCount();
        _encoder.WriteStatus(status, _time.GetUtcNow(), _message);
        EndLine();
        _file.Write();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    /// <exception cref="ResultFileException">The disk is full or gone.</exception>
    public ValueTask PublishStatisticsAsync(StreamStatistics statistics, CancellationToken cancellationToken)
    {
        _message.ResetWrittenCount();
        _encoder.WriteStatistics(statistics, delivery: null, _time.GetUtcNow(), _message);
        EndLine();
        _file.Write();
        return ValueTask.CompletedTask;
    }

    /// <summary>Ends the stays of the faces that are there, says <c>stopped</c>, and closes the file.</summary>
    /// <exception cref="ResultFileException">The disk is full or gone.</exception>
    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        WriteFaces(_faces.Complete());
        await PublishStatusAsync(new StreamStatus(StreamState.Stopped), cancellationToken);
        _file.Complete();
    }

    /// <summary>Closes the file, with all whole lines in it.</summary>
    public ValueTask DisposeAsync()
    {
        _file.Dispose();
        return ValueTask.CompletedTask;
    }

    private void WriteFaces(IReadOnlyList<FaceEvent> events)
    {
        for (int i = 0; i < events.Count; i++)
        {
            _message.ResetWrittenCount();
            _encoder.WriteEvent(events[i], ++_eventNumber, _clock, _message);
            EndLine();
        }

        if (events.Count > 0)
        {
            _file.Write();
        }
    }

    private void EndLine()
    {
        _file.Rows.Raw(_message.WrittenSpan);
        _file.Rows.EndRow();
    }
}
