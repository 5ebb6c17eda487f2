using System.Buffers;
using AuStream.Stages.ActionUnits;
using AuStream.Stages.Calibrating;
using AuStream.Stages.Faces;
using AuStream.Stages.Publishing;
using Google.Protobuf;

namespace AuStream.Stages.Messages.Binary;

/// <summary>The messages as Protocol Buffers: the content of the JSON messages in a fifth to a tenth of the bytes. <c>docs/schemas/austream.proto</c> describes them.</summary>
public sealed class ProtobufMessageEncoder : IMessageEncoder
{
    private const int IntensityDecimals = 3;
    private const int RateDecimals = 2;
    private const int MillisecondDecimals = 3;

    private readonly SessionInfo _session;
    private readonly string _purpose;
    private readonly PrivacyMode _privacy;
    private readonly ProtobufFrameWriter _frames;

    /// <inheritdoc cref="JsonMessageEncoder(SessionInfo, string, PrivacyMode)"/>
    public ProtobufMessageEncoder(SessionInfo session, string purpose, PrivacyMode privacy = PrivacyMode.Faces)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(purpose);
        _session = session;
        _purpose = purpose;
        _privacy = privacy;
        Frame frame = new() { Schema = MessageSchema.Frame, Site = session.Site, Stream = session.StreamId, Session = session.SessionId };
        _frames = new ProtobufFrameWriter(frame, session.ActionUnits);
    }

    /// <inheritdoc/>
    public string ContentType => "application/x-protobuf";

    /// <inheritdoc/>
    public bool IsText => false;

    /// <inheritdoc/>
    public void WriteFrame(FrameFaces frame, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(frame);
        _frames.Fill(frame).WriteTo(output);
    }

    /// <inheritdoc/>
    public void WriteEvent(ActionUnitEvent actionUnitEvent, long number, StreamClock clock, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(actionUnitEvent);
        ArgumentNullException.ThrowIfNull(clock);
        Event message = NewEvent(actionUnitEvent.EventId, EventKind.ActionUnit, number, actionUnitEvent.FaceId, actionUnitEvent.PtsMicroseconds, clock);
        message.Phase = actionUnitEvent.Phase switch
        {
            ActionUnits.EventPhase.Start => EventPhase.Start,
            ActionUnits.EventPhase.Update => EventPhase.Update,
            _ => EventPhase.End,
        };
        message.ActionUnit = (uint)actionUnitEvent.ActionUnit;
        message.OnsetUs = actionUnitEvent.OnsetMicroseconds;
        message.OnsetTimeUs = ProtobufValues.Microseconds(clock.ToUtc(actionUnitEvent.OnsetMicroseconds));
        message.ApexUs = actionUnitEvent.ApexMicroseconds;
        if (actionUnitEvent.OffsetMicroseconds is long offset)
        {
            message.OffsetUs = offset;
            message.DurationUs = offset - actionUnitEvent.OnsetMicroseconds;
        }

        message.PeakIntensity = ProtobufValues.RoundedSingle(actionUnitEvent.PeakIntensity, IntensityDecimals);
        message.MeanIntensity = ProtobufValues.RoundedSingle(actionUnitEvent.MeanIntensity, IntensityDecimals);
        if (message.Phase == EventPhase.End)
        {
            message.EndReason = actionUnitEvent.EndReason switch
            {
                EventEndReason.FaceLost => EndReason.FaceLost,
                EventEndReason.StreamEnded => EndReason.StreamEnded,
                EventEndReason.ThresholdChanged => EndReason.ThresholdChanged,
                _ => EndReason.Offset,
            };
        }

        message.WriteTo(output);
    }

    /// <inheritdoc/>
    public void WriteEvent(in FaceEvent faceEvent, long number, StreamClock clock, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(clock);
        Event message = NewEvent(faceEvent.EventId, EventKind.Face, number, faceEvent.FaceId, faceEvent.PtsMicroseconds, clock);
        bool isLost = faceEvent.Phase == FaceEventPhase.Lost;
        message.Phase = isLost ? EventPhase.Lost : EventPhase.Appeared;
        message.FirstSeenUs = faceEvent.FirstSeenMicroseconds;
        if (isLost)
        {
            message.LastSeenUs = faceEvent.LastSeenMicroseconds;
            message.DurationUs = faceEvent.LastSeenMicroseconds - faceEvent.FirstSeenMicroseconds;
            message.EndReason = faceEvent.StreamEnded ? EndReason.StreamEnded : EndReason.FaceLost;
        }

        message.WriteTo(output);
    }

    /// <inheritdoc/>
    public void WriteGroup(GroupStatistics group, long number, StreamClock clock, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(clock);
        Group message = new()
        {
            Schema = MessageSchema.Group,
            Site = _session.Site,
            Stream = _session.StreamId,
            Session = _session.SessionId,
            Number = number,
            FromUs = group.FromMicroseconds,
            ToUs = group.ToMicroseconds,
            TimeUs = ProtobufValues.Microseconds(clock.ToUtc(group.ToMicroseconds)),
            Frames = group.Frames,
            MinimumGroup = (uint)group.MinimumGroup,
            FacesMean = ProtobufValues.Rounded(group.FacesMean, IntensityDecimals),
            FacesLeast = (uint)group.FacesLeast,
            FacesMost = (uint)group.FacesMost,
        };
        foreach ((int actionUnit, double share, double meanIntensity) in group.ActionUnits)
        {
            message.ActionUnits.Add((uint)actionUnit);
            message.Share.Add(ProtobufValues.Rounded(share, IntensityDecimals));
            message.MeanIntensity.Add(ProtobufValues.Rounded(meanIntensity, IntensityDecimals));
        }

        message.WriteTo(output);
    }

    /// <inheritdoc/>
    public void WriteStatus(Publishing.StreamStatus status, DateTimeOffset? time, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(status);
        Status message = new()
        {
            Schema = MessageSchema.Status,
            Site = _session.Site,
            Stream = _session.StreamId,
            Session = _session.SessionId,
            Status_ = status.State switch
            {
                StreamState.Starting => StreamStatus.Starting,
                StreamState.Running => StreamStatus.Running,
                StreamState.Degraded => StreamStatus.Degraded,
                StreamState.Stopped => StreamStatus.Stopped,
                StreamState.Offline => StreamStatus.Offline,
                _ => throw new ArgumentOutOfRangeException(nameof(status), status.State, "Not a state of a stream."),
            },
            StartedUs = ProtobufValues.Microseconds(_session.StartedAt),
            Purpose = _purpose,
            Privacy = _privacy switch
            {
                PrivacyMode.Aggregate => Privacy.Aggregate,
                PrivacyMode.EventsOnly => Privacy.EventsOnly,
                _ => Privacy.Faces,
            },
            Source = _session.Source,
            ModelId = _session.ModelId,
            ModelVersion = _session.ModelVersion,
            Software = $"AuStream {_session.SoftwareVersion}",
            ModelTemporalHead = _session.UsesTemporalHead,
            ModelNeutralReference = _session.Reference switch
            {
                ReferenceMode.Enrolled => NeutralReference.Enrolled,
                ReferenceMode.Estimated => NeutralReference.Estimated,
                _ => NeutralReference.Off,
            },
        };
        message.ActionUnits.AddRange(_session.ActionUnits.Select(unit => (uint)unit));
        if (status.Reason is not null)
        {
            message.Reason = status.Reason;
        }

        if (time is { } known)
        {
            message.TimeUs = ProtobufValues.Microseconds(known);
        }

        message.WriteTo(output);
    }

    /// <inheritdoc/>
    public void WriteStatistics(StreamStatistics statistics, DeliveryCounters? delivery, DateTimeOffset time, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        Statistics message = new()
        {
            Schema = MessageSchema.Statistics,
            Site = _session.Site,
            Stream = _session.StreamId,
            Session = _session.SessionId,
            TimeUs = ProtobufValues.Microseconds(time),
            FramesPerSecond = ProtobufValues.Rounded(statistics.FramesPerSecond, RateDecimals),
            LatencyP50Ms = ProtobufValues.Rounded(statistics.LatencyP50Milliseconds, MillisecondDecimals),
            LatencyP95Ms = ProtobufValues.Rounded(statistics.LatencyP95Milliseconds, MillisecondDecimals),
            LatencyP99Ms = ProtobufValues.Rounded(statistics.LatencyP99Milliseconds, MillisecondDecimals),
            FramesDecoded = statistics.FramesDecoded,
            FramesMeasured = statistics.FramesMeasured,
            FramesDropped = statistics.FramesDropped,
            SourceReconnects = statistics.SourceReconnects,
        };
        if (statistics.Faces is { } faces)
        {
            message.Faces = (uint)faces;
        }

        if (delivery is { } counters)
        {
            message.Delivery = new Delivery
            {
                FramesSent = counters.FramesSent,
                FramesDropped = counters.FramesDropped,
                EventsDelivered = counters.EventsDelivered,
                EventsWaiting = counters.EventsWaiting,
                EventsLost = counters.EventsLost,
                EventsRejected = counters.EventsRejected,
                Connects = counters.Connects,
            };
        }

        message.WriteTo(output);
    }

    private Event NewEvent(string id, EventKind kind, long number, long face, long pts, StreamClock clock) => new()
    {
        Schema = MessageSchema.Event,
        Site = _session.Site,
        Stream = _session.StreamId,
        Session = _session.SessionId,
        Number = number,
        Event_ = id,
        Kind = kind,
        Face = face,
        PtsUs = pts,
        TimeUs = ProtobufValues.Microseconds(clock.ToUtc(pts)),
    };
}
