using System.Text.Json;
using AuStream.Stages.ActionUnits;
using AuStream.Stages.Publishing;

namespace AuStream.Stages.Messages;

/// <summary>The fields of an event message after its origin.</summary>
internal static class JsonEventWriter
{
    private const int IntensityDecimals = 3;

    private static readonly JsonEncodedText s_number = JsonEncodedText.Encode("number");
    private static readonly JsonEncodedText s_event = JsonEncodedText.Encode("event");
    private static readonly JsonEncodedText s_kind = JsonEncodedText.Encode("kind");
    private static readonly JsonEncodedText s_phase = JsonEncodedText.Encode("phase");
    private static readonly JsonEncodedText s_face = JsonEncodedText.Encode("face");
    private static readonly JsonEncodedText s_actionUnit = JsonEncodedText.Encode("action_unit");
    private static readonly JsonEncodedText s_pts = JsonEncodedText.Encode("pts");
    private static readonly JsonEncodedText s_time = JsonEncodedText.Encode("time");
    private static readonly JsonEncodedText s_onset = JsonEncodedText.Encode("onset");
    private static readonly JsonEncodedText s_onsetTime = JsonEncodedText.Encode("onset_time");
    private static readonly JsonEncodedText s_apex = JsonEncodedText.Encode("apex");
    private static readonly JsonEncodedText s_offset = JsonEncodedText.Encode("offset");
    private static readonly JsonEncodedText s_duration = JsonEncodedText.Encode("duration");
    private static readonly JsonEncodedText s_peak = JsonEncodedText.Encode("peak_intensity");
    private static readonly JsonEncodedText s_mean = JsonEncodedText.Encode("mean_intensity");
    private static readonly JsonEncodedText s_firstSeen = JsonEncodedText.Encode("first_seen");
    private static readonly JsonEncodedText s_lastSeen = JsonEncodedText.Encode("last_seen");
    private static readonly JsonEncodedText s_endReason = JsonEncodedText.Encode("end_reason");

    internal static void Write(Utf8JsonWriter json, ActionUnitEvent happened, long number, StreamClock clock)
    {
        string phase = happened.Phase switch
        {
            EventPhase.Start => "start",
            EventPhase.Update => "update",
            _ => "end",
        };
        WriteHead(json, happened.EventId, "action_unit", phase, number, happened.FaceId);
        json.WriteNumber(s_actionUnit, happened.ActionUnit);
        WriteTimes(json, happened.PtsMicroseconds, clock);
        json.WriteSeconds(s_onset, happened.OnsetMicroseconds);
        json.WriteTime(s_onsetTime, clock.ToUtc(happened.OnsetMicroseconds));
        json.WriteSeconds(s_apex, happened.ApexMicroseconds);
        if (happened.OffsetMicroseconds is long offset)
        {
            json.WriteSeconds(s_offset, offset);
            json.WriteSeconds(s_duration, offset - happened.OnsetMicroseconds);
        }

        json.WriteRounded(s_peak, happened.PeakIntensity, IntensityDecimals);
        json.WriteRounded(s_mean, happened.MeanIntensity, IntensityDecimals);
        if (happened.Phase == EventPhase.End)
        {
            json.WriteString(s_endReason, happened.EndReason switch
            {
                EventEndReason.FaceLost => "face_lost",
                EventEndReason.StreamEnded => "stream_ended",
                EventEndReason.ThresholdChanged => "threshold_changed",
                _ => "offset",
            });
        }
    }

    internal static void Write(Utf8JsonWriter json, in FaceEvent happened, long number, StreamClock clock)
    {
        bool isLost = happened.Phase == FaceEventPhase.Lost;
        WriteHead(json, happened.EventId, "face", isLost ? "lost" : "appeared", number, happened.FaceId);
        WriteTimes(json, happened.PtsMicroseconds, clock);
        json.WriteSeconds(s_firstSeen, happened.FirstSeenMicroseconds);
        if (isLost)
        {
            json.WriteSeconds(s_lastSeen, happened.LastSeenMicroseconds);
            json.WriteSeconds(s_duration, happened.LastSeenMicroseconds - happened.FirstSeenMicroseconds);
            json.WriteString(s_endReason, happened.StreamEnded ? "stream_ended" : "face_lost");
        }
    }

    private static void WriteHead(Utf8JsonWriter json, string eventId, string kind, string phase, long number, long faceId)
    {
        json.WriteNumber(s_number, number);
        json.WriteString(s_event, eventId);
        json.WriteString(s_kind, kind);
        json.WriteString(s_phase, phase);
        json.WriteNumber(s_face, faceId);
    }

    private static void WriteTimes(Utf8JsonWriter json, long ptsMicroseconds, StreamClock clock)
    {
        json.WriteSeconds(s_pts, ptsMicroseconds);
        json.WriteTime(s_time, clock.ToUtc(ptsMicroseconds));
    }
}
