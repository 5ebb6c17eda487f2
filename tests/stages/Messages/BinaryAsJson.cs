using System.Globalization;
using System.Text.Json.Nodes;
using AuStream.Stages.Messages.Binary;

namespace AuStream.Stages.Tests.Messages;

/// <summary>A consumer's view: a decoded binary message in the form of the JSON message, by what docs/schemas/austream.proto says about each field.</summary>
internal static class BinaryAsJson
{
    public static JsonObject Of(Frame frame)
    {
        JsonObject json = Origin(frame.Schema, frame.Site, frame.Stream, frame.Session);
        json["sequence"] = frame.Sequence;
        json["pts"] = Seconds(frame.PtsUs);
        json["time"] = Time(frame.TimeUs);
        if (frame.HasFile)
        {
            json["file"] = frame.File;
        }

        json["width"] = frame.Width;
        json["height"] = frame.Height;
        json["success"] = frame.Success;
        json["faces"] = new JsonArray([.. frame.Faces.Select(face => Of(face, frame))]);
        return json;
    }

    public static JsonObject Of(Event happened)
    {
        JsonObject json = Origin(happened.Schema, happened.Site, happened.Stream, happened.Session);
        json["number"] = happened.Number;
        json["event"] = happened.Event_;
        json["kind"] = Name(happened.Kind, "EventKind") switch { "actionunit" => "action_unit", string other => other };
        json["phase"] = Name(happened.Phase, "EventPhase");
        json["face"] = happened.Face;
        Put(json, "action_unit", happened.HasActionUnit, happened.ActionUnit);
        json["pts"] = Seconds(happened.PtsUs);
        json["time"] = Time(happened.TimeUs);
        PutSeconds(json, "onset", happened.HasOnsetUs, happened.OnsetUs);
        if (happened.HasOnsetTimeUs)
        {
            json["onset_time"] = Time(happened.OnsetTimeUs);
        }

        PutSeconds(json, "apex", happened.HasApexUs, happened.ApexUs);
        PutSeconds(json, "offset", happened.HasOffsetUs, happened.OffsetUs);
        if (happened.HasPeakIntensity)
        {
            PutSeconds(json, "duration", happened.HasDurationUs, happened.DurationUs);
            json["peak_intensity"] = Number(happened.PeakIntensity);
            json["mean_intensity"] = Number(happened.MeanIntensity);
        }

        PutSeconds(json, "first_seen", happened.HasFirstSeenUs, happened.FirstSeenUs);
        PutSeconds(json, "last_seen", happened.HasLastSeenUs, happened.LastSeenUs);
        PutSeconds(json, "duration", happened.HasDurationUs, happened.DurationUs);
        if (happened.HasEndReason)
        {
            json["end_reason"] = happened.EndReason switch { EndReason.Offset => "offset", EndReason.FaceLost => "face_lost", EndReason.StreamEnded => "stream_ended", _ => "threshold_changed" };
        }

        return json;
    }

    public static JsonObject Of(Status status)
    {
        JsonObject json = Origin(status.Schema, status.Site, status.Stream, status.Session);
        json["status"] = Name(status.Status_, "StreamStatus");
        if (status.HasReason)
        {
            json["reason"] = status.Reason;
        }

        if (status.HasTimeUs)
        {
            json["time"] = Time(status.TimeUs);
        }

        json["started"] = Time(status.StartedUs);
        json["purpose"] = status.Purpose;
        json["privacy"] = status.Privacy == Privacy.EventsOnly ? "events-only" : Name(status.Privacy, "Privacy");
        json["source"] = status.Source;
        json["model"] = new JsonObject { ["id"] = status.ModelId, ["version"] = status.ModelVersion, ["temporal_head"] = status.ModelTemporalHead, ["neutral_reference"] = Name(status.ModelNeutralReference, "NeutralReference") };
        json["action_units"] = new JsonArray([.. status.ActionUnits.Select(unit => JsonValue.Create($"AU{unit:00}"))]);
        json["software"] = status.Software;
        return json;
    }

    public static JsonObject Of(Statistics statistics)
    {
        JsonObject json = Origin(statistics.Schema, statistics.Site, statistics.Stream, statistics.Session);
        json["time"] = Time(statistics.TimeUs);
        json["frames_per_second"] = (decimal)statistics.FramesPerSecond;
        json["latency_ms"] = new JsonObject { ["p50"] = (decimal)statistics.LatencyP50Ms, ["p95"] = (decimal)statistics.LatencyP95Ms, ["p99"] = (decimal)statistics.LatencyP99Ms };
        json["frames"] = new JsonObject { ["decoded"] = statistics.FramesDecoded, ["measured"] = statistics.FramesMeasured, ["dropped"] = statistics.FramesDropped };
        Put(json, "faces", statistics.HasFaces, statistics.Faces);
        json["source_reconnects"] = statistics.SourceReconnects;
        if (statistics.Delivery is { } delivery)
        {
            json["delivery"] = new JsonObject
            {
                ["frames_sent"] = delivery.FramesSent,
                ["frames_dropped"] = delivery.FramesDropped,
                ["events_delivered"] = delivery.EventsDelivered,
                ["events_waiting"] = delivery.EventsWaiting,
                ["events_lost"] = delivery.EventsLost,
                ["events_rejected"] = delivery.EventsRejected,
                ["connects"] = delivery.Connects,
            };
        }

        return json;
    }

    public static JsonObject Of(Group group)
    {
        JsonObject json = Origin(group.Schema, group.Site, group.Stream, group.Session);
        json["number"] = group.Number;
        json["from"] = Seconds(group.FromUs);
        json["to"] = Seconds(group.ToUs);
        json["time"] = Time(group.TimeUs);
        json["frames"] = group.Frames;
        json["minimum_group"] = group.MinimumGroup;
        json["faces"] = new JsonObject { ["mean"] = (decimal)group.FacesMean, ["least"] = group.FacesLeast, ["most"] = group.FacesMost };
        JsonObject units = [];
        for (int i = 0; i < group.ActionUnits.Count; i++)
        {
            units[$"AU{group.ActionUnits[i]:00}"] = new JsonObject { ["share"] = (decimal)group.Share[i], ["mean_intensity"] = (decimal)group.MeanIntensity[i] };
        }

        json["action_units"] = units;
        return json;
    }

    private static JsonObject Of(Face face, Frame frame)
    {
        JsonObject json = new() { ["face"] = face.Face_, ["state"] = Name(face.State, "FaceState") };
        if (face.HasConfidence)
        {
            json["confidence"] = Number(face.Confidence);
            json["box"] = new JsonObject { ["x"] = Number(face.Box.X), ["y"] = Number(face.Box.Y), ["width"] = Number(face.Box.Width), ["height"] = Number(face.Box.Height) };
            json["pose"] = new JsonObject { ["yaw"] = Number(face.Pose.Yaw), ["pitch"] = Number(face.Pose.Pitch), ["roll"] = Number(face.Pose.Roll) };
        }

        if (face.HasCalibration)
        {
            json["calibration"] = Name(face.Calibration, "Calibration");
        }

        if (face.Intensity.Count > 0)
        {
            JsonObject units = [];
            for (int i = 0; i < frame.ActionUnits.Count; i++)
            {
                if (!float.IsNaN(face.Intensity[i]))
                {
                    units[$"AU{frame.ActionUnits[i]:00}"] = new JsonObject
                    {
                        ["intensity"] = Number(face.Intensity[i]),
                        ["presence"] = face.Presence[i],
                        ["score"] = Number(face.Score[i]),
                    };
                }
            }

            json["action_units"] = units;
        }

        return json;
    }

    private static JsonObject Origin(string schema, string site, string stream, string session) =>
        new() { ["schema"] = schema, ["site"] = site, ["stream"] = stream, ["session"] = session };

    private static string Name<T>(T value, string prefix)
        where T : struct, Enum =>
        value.ToString().Replace(prefix, "", StringComparison.Ordinal).ToLowerInvariant();

    private static JsonValue Seconds(long microseconds) => JsonValue.Create(microseconds / 1_000_000m);

    private static JsonValue Time(long microseconds) =>
        JsonValue.Create(DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));

    /// <summary>The decimal number that a float of at most 3 decimals was made from.</summary>
    private static JsonValue Number(float value) => JsonValue.Create(Math.Round((decimal)(double)value, Math.Abs(value) < 4000 ? 3 : 1) / 1.000m);

    private static void Put(JsonObject json, string name, bool isThere, uint value)
    {
        if (isThere)
        {
            json[name] = value;
        }
    }

    private static void PutSeconds(JsonObject json, string name, bool isThere, long microseconds)
    {
        if (isThere)
        {
            json[name] = Seconds(microseconds);
        }
    }
}
