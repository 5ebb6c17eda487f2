using System.Text.Json;

namespace AuStream.Models.Manifests;

/// <summary>Which kind of manifest a JSON file is: crops and manifests of several kinds of networks lie in the same folders.</summary>
internal static class ManifestSchema
{
    /// <summary>The <c>schema</c> that a file states; empty for JSON without one, null for a file that cannot be read as JSON.</summary>
    public static string? Of(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            using JsonDocument document = JsonDocument.Parse(stream);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("schema", out JsonElement schema)
                && schema.ValueKind == JsonValueKind.String
                ? schema.GetString()!
                : "";
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
