using AuStream.Models.Importing;
using AuStream.Models.Sessions;
using AuStream.Testing;

namespace AuStream.Stages.Tests.RealFaces;

/// <summary>The face models, converted once for all tests; skips where the MediaPipe packages are missing.</summary>
internal static class ImportedFaceModels
{
    private static readonly Lazy<ModelStore> Converted = new(() =>
    {
        string folder = Directory.CreateTempSubdirectory("austream-faces-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        MediaPipeImporter.Import(MediaPipePackages.RequireDetection(), MediaPipePackages.RequireMesh(), folder);
        return new ModelStore([folder]);
    });

    public static ModelStore RequireStore()
    {
        MediaPipePackages.RequireDetection();
        MediaPipePackages.RequireMesh();
        return Converted.Value;
    }
}
