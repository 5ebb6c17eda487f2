using System.Text.Encodings.Web;
using System.Text.Json;
using AuStream.Stages.ActionUnits;
using AuStream.Stages.Publishing;

namespace AuStream.Stages.Recording;

/// <summary>Names of the columns and of the values of <c>events.tsv</c>, and their description as BIDS asks for it.</summary>
internal static class EventColumns
{
    /// <summary>The trial type of a face's stay.</summary>
    public const string Face = "face";

    private const int EyesClosed = 43;
    private const int Blink = 45;

    private static readonly Column[] s_columns =
    [
        new("onset", "Begin of the event, from the start of the stream.", "s"),
        new("duration", "Length of the event.", "s"),
        new("trial_type", "What was seen: a facial action unit (FACS), or a face."),
        new("face_id", "The face within the stream, from 1; the same as in frames.csv."),
        new("peak_intensity", "Highest intensity, 0 to 5 (FACS A to E are 1 to 5); n/a for a face."),
        new("mean_intensity", "Time-weighted mean intensity, 0 to 5; n/a for a face."),
        new("apex", "When the intensity was highest, from the start of the stream; n/a for a face.", "s"),
        new("end_reason", "Why the event ended."),
        new("event_id", "Unique for each event, also across recordings."),
    ];

    private static readonly JsonWriterOptions s_options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The columns in their order.</summary>
    public static IEnumerable<string> Names => s_columns.Select(column => column.Name);

    /// <summary>How a reason is written.</summary>
    public static string NameOf(EventEndReason reason) => reason switch
    {
        EventEndReason.Offset => "offset",
        EventEndReason.FaceLost => "face_lost",
        EventEndReason.StreamEnded => "stream_ended",
        EventEndReason.ThresholdChanged => "threshold_changed",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "An event that ended has a reason."),
    };

    /// <summary>Writes the description of the columns, and where the table comes from.</summary>
    public static void Describe(Stream stream, SessionInfo session)
    {
        using Utf8JsonWriter json = new(stream, s_options);
        json.WriteStartObject();
        foreach (Column column in s_columns)
        {
            json.WriteStartObject(column.Name);
            json.WriteString("Description", column.Description);
            if (column.Units is not null)
            {
                json.WriteString("Units", column.Units);
            }

            WriteLevels(json, LevelsOf(column.Name, session.ActionUnits));
            json.WriteEndObject();
        }

        json.WriteStartObject("Origin");
        json.WriteString("Software", $"AuStream {session.SoftwareVersion}");
        json.WriteString("Model", $"{session.ModelId} {session.ModelVersion}");
        json.WriteString("TemporalHead", session.UsesTemporalHead ? "on" : "off");
        json.WriteString("NeutralReference", session.Reference.ToString().ToLowerInvariant());
        json.WriteNumber("Readings", session.Readings);
        json.WriteString("Site", session.Site);
        json.WriteString("StreamId", session.StreamId);
        json.WriteString("SessionId", session.SessionId);
        json.WriteString("Source", session.Source);
        json.WriteString("StartedAt", session.StartedAt);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static List<(string Value, string Meaning)> LevelsOf(string column, IReadOnlyList<int> actionUnits) => column switch
    {
        "trial_type" =>
        [
            .. actionUnits.Concat(actionUnits.Contains(EyesClosed) ? [Blink] : Array.Empty<int>()).Distinct()
                .Select(actionUnit => (ActionUnitNames.CodeOf(actionUnit), ActionUnitNames.NameOf(actionUnit))),
            (Face, "a face was there: from the first to the last frame that showed it"),
        ],
        "end_reason" =>
        [
            (NameOf(EventEndReason.Offset), "the action unit went away"),
            (NameOf(EventEndReason.FaceLost), "the face was lost"),
            (NameOf(EventEndReason.StreamEnded), "the stream ended or the program stopped"),
            (NameOf(EventEndReason.ThresholdChanged), "a command changed a threshold; where the action unit still held, a new event began"),
        ],
        _ => [],
    };

    private static void WriteLevels(Utf8JsonWriter json, List<(string Value, string Meaning)> levels)
    {
        if (levels.Count == 0)
        {
            return;
        }

        json.WriteStartObject("Levels");
        foreach ((string value, string meaning) in levels)
        {
            json.WriteString(value, meaning);
        }

        json.WriteEndObject();
    }

    private sealed record Column(string Name, string Description, string? Units = null);
}
