using System.Text.Json.Serialization;

namespace AuStream.Synthesis.Samples;

/// <summary>The truth about a clip, as written beside it.</summary>
public sealed record ClipTruth
{
    /// <summary>Name and version of the format.</summary>
    public const string CurrentSchema = "austream.truth/1";

    /// <summary>Always <see cref="CurrentSchema"/>.</summary>
    [JsonPropertyName("schema")]
    public string Schema { get; init; } = CurrentSchema;

    /// <summary>Frames per second; of a variable rate the highest.</summary>
    [JsonPropertyName("fps")]
    public required double FramesPerSecond { get; init; }

    /// <summary>When each frame was filmed, in seconds: the frame's timestamp in the video.</summary>
    [JsonPropertyName("times")]
    public IReadOnlyList<double> Times { get; init; } = [];

    /// <summary>Columns.</summary>
    [JsonPropertyName("width")]
    public required int Width { get; init; }

    /// <summary>Rows.</summary>
    [JsonPropertyName("height")]
    public required int Height { get; init; }

    /// <summary>FACS numbers, in the order of all intensities.</summary>
    [JsonPropertyName("action_units")]
    public required IReadOnlyList<int> ActionUnits { get; init; }

    /// <summary>The people of the clip.</summary>
    [JsonPropertyName("people")]
    public required IReadOnlyList<PersonTruth> People { get; init; }
}
