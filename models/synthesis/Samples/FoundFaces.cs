using System.Text.Json.Serialization;

namespace AuStream.Synthesis.Samples;

/// <summary>In how many pictures of a kind the cropper found the face: the measure of how real they look to it.</summary>
/// <param name="Source">ict or makehuman.</param>
/// <param name="IsOccluded">True for pictures with something in front of the face.</param>
/// <param name="Made">Pictures made.</param>
/// <param name="Found">Pictures in which the face was found; all of them when there was no cropper.</param>
public sealed record FoundFaces(
    [property: JsonPropertyName("source")] string Source,
    [property: JsonPropertyName("occluded")] bool IsOccluded,
    [property: JsonPropertyName("made")] int Made,
    [property: JsonPropertyName("found")] int Found);
