using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using AuStream.Stages.ActionUnits;
using AuStream.Stages.Faces;
using AuStream.Stages.Publishing;

namespace AuStream.Stages.Messages;

/// <summary>The messages as UTF-8 JSON, one object each, without white space. Their JSON Schemas are in <c>docs/schemas</c>.</summary>
#pragma warning disable CA1001 // A writer to a buffer holds nothing that would have to be released.
public sealed class JsonMessageEncoder : IMessageEncoder
#pragma warning restore CA1001
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly Utf8JsonWriter _json = new(new ArrayBufferWriter<byte>(), s_options);
    private readonly JsonOrigin _origin;
    private readonly JsonFrameWriter _frames;
    private readonly JsonStatusWriter _status;

    /// <param name="session">Where the messages come from.</param>
    /// <param name="purpose">What the operator declares the measurement to be for; part of every status message.</param>
    /// <param name="privacy">How much is told about faces; part of every status message.</param>
    public JsonMessageEncoder(SessionInfo session, string purpose, PrivacyMode privacy = PrivacyMode.Faces)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(purpose);
        _origin = new JsonOrigin(session);
        _frames = new JsonFrameWriter(session.ActionUnits);
        _status = new JsonStatusWriter(session, purpose, privacy);
    }

    /// <inheritdoc/>
    public string ContentType => "application/json";

    /// <inheritdoc/>
    public bool IsText => true;

    /// <inheritdoc/>
    public void WriteFrame(FrameFaces frame, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(frame);
        Begin(MessageSchema.Frame, output);
        _frames.Write(_json, frame);
        End();
    }

    /// <inheritdoc/>
    public void WriteEvent(ActionUnitEvent actionUnitEvent, long number, StreamClock clock, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(actionUnitEvent);
        ArgumentNullException.ThrowIfNull(clock);
        Begin(MessageSchema.Event, output);
        JsonEventWriter.Write(_json, actionUnitEvent, number, clock);
        End();
    }

    /// <inheritdoc/>
    public void WriteEvent(in FaceEvent faceEvent, long number, StreamClock clock, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(clock);
        Begin(MessageSchema.Event, output);
        JsonEventWriter.Write(_json, faceEvent, number, clock);
        End();
    }

    /// <inheritdoc/>
    public void WriteGroup(GroupStatistics group, long number, StreamClock clock, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(clock);
        Begin(MessageSchema.Group, output);
        JsonGroupWriter.Write(_json, group, number, clock);
        End();
    }

    /// <inheritdoc/>
    public void WriteStatus(StreamStatus status, DateTimeOffset? time, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(status);
        Begin(MessageSchema.Status, output);
        _status.Write(_json, status, time);
        End();
    }

    /// <inheritdoc/>
    public void WriteStatistics(StreamStatistics statistics, DeliveryCounters? delivery, DateTimeOffset time, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        Begin(MessageSchema.Statistics, output);
        JsonStatisticsWriter.Write(_json, statistics, delivery, time);
        End();
    }

    private void Begin(string schema, IBufferWriter<byte> output)
    {
        _json.Reset(output);
        _json.WriteStartObject();
        _origin.Write(_json, schema);
    }

    private void End()
    {
        _json.WriteEndObject();
        _json.Flush();
    }
}
