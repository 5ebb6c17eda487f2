using System.Text.Json.Serialization;

namespace AuStream.Synthesis.Samples;

/// <summary>One movement of an action unit; times in seconds from the start of the clip.</summary>
/// <param name="ActionUnit">FACS number.</param>
/// <param name="Onset">It begins to rise.</param>
/// <param name="Apex">It has reached its peak.</param>
/// <param name="ApexEnd">It begins to fall.</param>
/// <param name="Offset">It is gone.</param>
/// <param name="Peak">Intensity at the apex, 0–5.</param>
public sealed record IntervalTruth(
    [property: JsonPropertyName("au")] int ActionUnit,
    [property: JsonPropertyName("onset")] double Onset,
    [property: JsonPropertyName("apex")] double Apex,
    [property: JsonPropertyName("apex_end")] double ApexEnd,
    [property: JsonPropertyName("offset")] double Offset,
    [property: JsonPropertyName("peak")] float Peak);
