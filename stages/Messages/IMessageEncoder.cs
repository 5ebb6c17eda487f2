using System.Buffers;
using AuStream.Stages.ActionUnits;
using AuStream.Stages.Faces;
using AuStream.Stages.Publishing;

namespace AuStream.Stages.Messages;

/// <summary>Turns results of one session into messages. <c>docs/messages.md</c> describes their contents, whatever the encoding.</summary>
/// <remarks>Not thread-safe. A frame is encoded without managed allocation once the output is large enough.</remarks>
public interface IMessageEncoder
{
    /// <summary>Media type of the messages.</summary>
    string ContentType { get; }

    /// <summary>True when they are UTF-8 text.</summary>
    bool IsText { get; }

    /// <summary>Writes a frame with its faces.</summary>
    /// <exception cref="ArgumentException">A face's action units are another model's.</exception>
    void WriteFrame(FrameFaces frame, IBufferWriter<byte> output);

    /// <summary>Writes the start, an update or the end of an action unit.</summary>
    /// <param name="actionUnitEvent">What happened.</param>
    /// <param name="number">The message's place in the session's sequence of events, from 1.</param>
    /// <param name="clock">Knows UTC.</param>
    /// <param name="output">Where it goes.</param>
    void WriteEvent(ActionUnitEvent actionUnitEvent, long number, StreamClock clock, IBufferWriter<byte> output);

    /// <summary>Writes the appearance or the loss of a face.</summary>
    /// <inheritdoc cref="WriteEvent(ActionUnitEvent, long, StreamClock, IBufferWriter{byte})"/>
    void WriteEvent(in FaceEvent faceEvent, long number, StreamClock clock, IBufferWriter<byte> output);

    /// <summary>Writes what a group did.</summary>
    /// <param name="group">The statistics.</param>
    /// <param name="number">The message's place in the session's sequence of events and groups, from 1.</param>
    /// <param name="clock">Knows UTC.</param>
    /// <param name="output">Where it goes.</param>
    void WriteGroup(GroupStatistics group, long number, StreamClock clock, IBufferWriter<byte> output);

    /// <summary>Writes how the stream is doing.</summary>
    /// <param name="status">How it is doing.</param>
    /// <param name="time">Since when, UTC; null where nobody can know it (a last will).</param>
    /// <param name="output">Where it goes.</param>
    void WriteStatus(StreamStatus status, DateTimeOffset? time, IBufferWriter<byte> output);

    /// <summary>Writes counters.</summary>
    /// <param name="statistics">Of the stream.</param>
    /// <param name="delivery">Of its messages; null where there are none.</param>
    /// <param name="time">When they were read, UTC.</param>
    /// <param name="output">Where it goes.</param>
    void WriteStatistics(StreamStatistics statistics, DeliveryCounters? delivery, DateTimeOffset time, IBufferWriter<byte> output);
}
