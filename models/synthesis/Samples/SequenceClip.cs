using System.Text.Json.Serialization;

namespace AuStream.Synthesis.Samples;

/// <summary>Where a clip lies in a sequence shard.</summary>
/// <param name="Identity">The person.</param>
/// <param name="FirstRow">Row of its first neutral picture; the frames follow after the neutral pictures.</param>
/// <param name="References">Neutral pictures.</param>
/// <param name="Frames">Frames.</param>
/// <param name="FramesPerSecond">Nominal rate; the times are in seconds.npy.</param>
/// <param name="Activity">How much the face does.</param>
public sealed record SequenceClip(
    [property: JsonPropertyName("identity")] long Identity,
    [property: JsonPropertyName("first_row")] int FirstRow,
    [property: JsonPropertyName("references")] int References,
    [property: JsonPropertyName("frames")] int Frames,
    [property: JsonPropertyName("frames_per_second")] float FramesPerSecond,
    [property: JsonPropertyName("activity")] ActionUnits.TimelineActivity Activity);
