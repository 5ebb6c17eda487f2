using System.Text.Json;
using System.Text.Json.Serialization;

namespace AuStream.Models.Manifests;

/// <summary>Reads and writes manifests without reflection. A field that the format does not know is an error: a misspelt optional
/// field would otherwise be ignored in silence.</summary>
[JsonSourceGenerationOptions(
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    WriteIndented = true)]
[JsonSerializable(typeof(ActionUnitModelManifest))]
[JsonSerializable(typeof(CropManifest))]
[JsonSerializable(typeof(LandmarkModelManifest))]
internal sealed partial class ManifestJson : JsonSerializerContext;
