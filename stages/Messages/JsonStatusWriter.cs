using System.Text.Json;
using AuStream.Stages.ActionUnits;
using AuStream.Stages.Publishing;

namespace AuStream.Stages.Messages;

/// <summary>The fields of a status message after its origin: enough for a new subscriber to know what it will get.</summary>
internal sealed class JsonStatusWriter(SessionInfo session, string purpose, PrivacyMode privacy)
{
    private static readonly JsonEncodedText s_time = JsonEncodedText.Encode("time");
    private static readonly JsonEncodedText s_started = JsonEncodedText.Encode("started");

    internal void Write(Utf8JsonWriter json, StreamStatus status, DateTimeOffset? time)
    {
        json.WriteString("status", status.State switch
        {
            StreamState.Starting => "starting",
            StreamState.Running => "running",
            StreamState.Degraded => "degraded",
            StreamState.Stopped => "stopped",
            StreamState.Offline => "offline",
            _ => throw new ArgumentOutOfRangeException(nameof(status), status.State, "Not a state of a stream."),
        });
        if (status.Reason is not null)
        {
            json.WriteString("reason", status.Reason);
        }

        if (time is { } known)
        {
            json.WriteTime(s_time, known);
        }

        json.WriteTime(s_started, session.StartedAt);
        json.WriteString("purpose", purpose);
        json.WriteString("privacy", NameOf(privacy));
        json.WriteString("source", session.Source);
        json.WriteStartObject("model");
        json.WriteString("id", session.ModelId);
        json.WriteString("version", session.ModelVersion);
        json.WriteBoolean("temporal_head", session.UsesTemporalHead);
        json.WriteString("neutral_reference", session.Reference.ToString().ToLowerInvariant());
        json.WriteEndObject();
        json.WriteStartArray("action_units");
        foreach (int actionUnit in session.ActionUnits)
        {
            json.WriteStringValue(ActionUnitNames.CodeOf(actionUnit));
        }

        json.WriteEndArray();
        json.WriteString("software", $"AuStream {session.SoftwareVersion}");
    }

    /// <summary>How a privacy mode is written in messages and configurations.</summary>
    internal static string NameOf(PrivacyMode privacy) => privacy switch
    {
        PrivacyMode.Faces => "faces",
        PrivacyMode.Aggregate => "aggregate",
        PrivacyMode.EventsOnly => "events-only",
        _ => throw new ArgumentOutOfRangeException(nameof(privacy), privacy, "Not a privacy mode."),
    };
}
