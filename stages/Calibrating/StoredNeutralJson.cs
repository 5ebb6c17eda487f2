using System.Text.Json;
using System.Text.Json.Serialization;

namespace AuStream.Stages.Calibrating;

/// <summary>Reads and writes stored neutral faces without reflection.</summary>
[JsonSourceGenerationOptions(UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true, WriteIndented = true)]
[JsonSerializable(typeof(StoredNeutralFace))]
internal sealed partial class StoredNeutralJson : JsonSerializerContext;
