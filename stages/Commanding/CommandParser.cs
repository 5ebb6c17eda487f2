using System.Globalization;
using System.Text.Json;
using AuStream.Stages.Messages;

namespace AuStream.Stages.Commanding;

/// <summary>
/// Reads commands strictly, as <c>docs/schemas/command.schema.json</c> describes them: a message with a field that is missing,
/// unknown, twice there or out of range is no command.
/// </summary>
public static class CommandParser
{
    /// <summary>Bytes of the longest message that is looked at.</summary>
    public const int MaxBytes = 4096;

    private const int LongestId = 64;
    private const float LargestThreshold = 5;

    private static readonly JsonDocumentOptions s_strict = new() { MaxDepth = 4, AllowDuplicateProperties = false };

    /// <summary>The command in a message; never throws, whatever the bytes are.</summary>
    /// <param name="payload">The message.</param>
    /// <param name="command">The command.</param>
    /// <param name="id">The sender's name for it, as far as it could be read.</param>
    /// <param name="fault">What is wrong with it.</param>
    public static bool TryParse(ReadOnlyMemory<byte> payload, out StreamCommand? command, out string? id, out string? fault)
    {
        command = null;
        id = null;
        if (payload.Length > MaxBytes)
        {
            fault = $"the message has more than {MaxBytes} bytes";
            return false;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(payload, s_strict);
            fault = Read(document.RootElement, ref id, out command);
        }
        catch (JsonException)
        {
            fault = "the message is not JSON, or has a field twice";
        }
        catch (InvalidOperationException)
        {
            // A string that is no valid text.
            fault = "a text of the message is not valid UTF-8 or UTF-16";
        }

        return fault is null;
    }

    /// <summary>How a command is written in messages and configurations.</summary>
    public static string NameOf(StreamCommandName name) => name switch
    {
        StreamCommandName.EnrolNeutral => "enrol_neutral",
        StreamCommandName.Start => "start",
        StreamCommandName.Stop => "stop",
        StreamCommandName.SetThreshold => "set_threshold",
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "Not a command."),
    };

    /// <summary>The command that a word names; null for none.</summary>
    public static StreamCommandName? Find(string? word) =>
        Enum.GetValues<StreamCommandName>().Where(name => NameOf(name) == word).Select(name => (StreamCommandName?)name).FirstOrDefault();

    private static string? Read(JsonElement root, ref string? id, out StreamCommand? command)
    {
        command = null;
        if (root.ValueKind != JsonValueKind.Object)
        {
            return "the message is not a JSON object";
        }

        Dictionary<string, JsonElement> fields = root.EnumerateObject().ToDictionary(field => field.Name, field => field.Value);
        if (Text(fields, "id") is not { Length: > 0 and <= LongestId } found)
        {
            return $"'id' must be a text of 1 to {LongestId} characters";
        }

        id = found;
        if (Text(fields, "schema") != MessageSchema.Command)
        {
            return $"'schema' must be '{MessageSchema.Command}'";
        }

        if (Find(Text(fields, "command")) is not { } name)
        {
            return $"'command' must be one of {string.Join(", ", Enum.GetValues<StreamCommandName>().Select(NameOf))}";
        }

        string[] known = ["schema", "id", "command", .. FieldsOf(name)];
        if (fields.Keys.FirstOrDefault(field => !known.Contains(field)) is { } unknown)
        {
            return $"{NameOf(name)} has no field '{(unknown.Length > LongestId ? unknown[..LongestId] : unknown)}'";
        }

        (command, string? fault) = name switch
        {
            StreamCommandName.EnrolNeutral => ReadEnrolment(fields, found),
            StreamCommandName.SetThreshold => ReadThreshold(fields, found),
            _ => (new StreamCommand(found, name), null),
        };
        return fault;
    }

    private static string[] FieldsOf(StreamCommandName name) => name switch
    {
        StreamCommandName.EnrolNeutral => ["face"],
        StreamCommandName.SetThreshold => ["action_unit", "threshold"],
        _ => [],
    };

    private static (StreamCommand? Command, string? Fault) ReadEnrolment(Dictionary<string, JsonElement> fields, string id)
    {
        if (!fields.TryGetValue("face", out JsonElement face))
        {
            return (new StreamCommand(id, StreamCommandName.EnrolNeutral), null);
        }

        return face.ValueKind == JsonValueKind.Number && face.TryGetInt64(out long number) && number >= 1
            ? (new StreamCommand(id, StreamCommandName.EnrolNeutral, number), null)
            : (null, "'face' must be a whole number from 1 on");
    }

    private static (StreamCommand? Command, string? Fault) ReadThreshold(Dictionary<string, JsonElement> fields, string id)
    {
        if (Text(fields, "action_unit") is not { Length: 4 } code
            || !code.StartsWith("AU", StringComparison.Ordinal)
            || !int.TryParse(code.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out int actionUnit))
        {
            return (null, "'action_unit' must be written like AU12");
        }

        bool isThreshold = fields.TryGetValue("threshold", out JsonElement value) & value.ValueKind == JsonValueKind.Number;
        return isThreshold && value.TryGetSingle(out float threshold) && threshold is > 0 and <= LargestThreshold
            ? (new StreamCommand(id, StreamCommandName.SetThreshold, ActionUnit: actionUnit, Threshold: threshold), null)
            : (null, $"'threshold' must be a number above 0 and up to {LargestThreshold}");
    }

    private static string? Text(Dictionary<string, JsonElement> fields, string name) =>
        fields.TryGetValue(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
