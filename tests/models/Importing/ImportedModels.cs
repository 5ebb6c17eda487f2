using AuStream.Models.Importing;
using AuStream.Testing;

namespace AuStream.Models.Tests.Importing;

/// <summary>The MediaPipe packages converted once for all tests; skips where the packages are missing.</summary>
internal static class ImportedModels
{
    private static readonly Lazy<string> Folder = new(() =>
    {
        string folder = Directory.CreateTempSubdirectory("austream-import-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        MediaPipeImporter.Import(MediaPipePackages.RequireDetection(), MediaPipePackages.RequireMesh(), folder);
        return folder;
    });

    public static string RequireFolder()
    {
        MediaPipePackages.RequireDetection();
        MediaPipePackages.RequireMesh();
        return Folder.Value;
    }

    public static string Require(string id) => Path.Combine(RequireFolder(), id + ".onnx");

    /// <summary>The generated picture of tflite_reference.py, as planes.</summary>
    public static void FillPattern(Span<float> planes, int height, int width, float low, float high)
    {
        for (int c = 0; c < 3; c++)
        {
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                {
                    int pixel = ((31 * x) + (17 * y) + (59 * c) + (7 * ((x * y) % 23))) % 256;
                    planes[(((c * height) + y) * width) + x] = low + ((high - low) * pixel / 255f);
                }
            }
        }
    }
}
