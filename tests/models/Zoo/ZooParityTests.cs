using AuStream.Models.Manifests;
using AuStream.Models.Sessions;
using AuStream.Testing;

namespace AuStream.Models.Tests.Zoo;

/// <summary>ONNX Runtime computes what PyTorch computed when the network was exported.</summary>
public sealed class ZooParityTests
{
    private const double Tolerance = 1e-4;

    private static readonly string Zoo = Path.Combine(SharedMedia.RepositoryRoot, "models", "zoo");

    /// <summary>Every model of the zoo, its variants included.</summary>
    public static TheoryData<string> Models => [.. new ActionUnitModelCatalog(new ModelStore([Zoo])).List().Select(entry => entry.Id)];

    /// <summary>The networks whose outputs PyTorch gave; variants compute with fewer bits and are measured instead.</summary>
    public static TheoryData<string> Networks => [.. Directory.EnumerateFiles(ParityVectors.Folder, "*.parity.json").Select(path => Path.GetFileName(path).Replace(".parity.json", "", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Outputs_agree_with_PyTorch_on_generated_and_rendered_faces(string id)
    {
        ParityVectors vectors = ParityVectors.Read(id);
        using OnnxSession session = OnnxSession.Load(Path.Combine(Zoo, id + ".onnx"));
        using OnnxRunner runner = new(session);
        foreach ((string name, ParityCase expected) in vectors.Cases)
        {
            (float[] image, float[] landmarks) = vectors.Inputs(id, name);
            runner.Prepare(expected.Count);
            for (int face = 0; face < expected.Count; face++)
            {
                Span<float> imageInput = runner.Input(session.InputIndex("image"), face);
                image.AsSpan(face * imageInput.Length, imageInput.Length).CopyTo(imageInput);
                if (vectors.Landmarks > 0)
                {
                    Span<float> landmarkInput = runner.Input(session.InputIndex("landmarks"), face);
                    landmarks.AsSpan(face * landmarkInput.Length, landmarkInput.Length).CopyTo(landmarkInput);
                }
            }

            runner.Run();
            for (int face = 0; face < expected.Count; face++)
            {
                Compare(runner.Output(session.OutputIndex("intensity"), face), expected.Intensity[face], $"{id} {name} face {face} intensity");
                Compare(runner.Output(session.OutputIndex("features"), face), expected.Features[face], $"{id} {name} face {face} features");
            }
        }
    }

    [Fact]
    public void Every_network_of_the_zoo_but_the_variants_has_parity_vectors() =>
        Models.Select(row => row.Data).Where(id => !id.EndsWith("-fp16", StringComparison.Ordinal) && !id.EndsWith("-int8", StringComparison.Ordinal))
            .ShouldBe(Networks.Select(row => row.Data), ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Models))]
    public void The_manifest_describes_the_file(string id)
    {
        ActionUnitModel model = new ActionUnitModelCatalog(new ModelStore([Zoo])).Find(id);
        model.Manifest.Sha256.ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(Path.Combine(Zoo, id + ".onnx")))));
        using OnnxSession session = OnnxSession.Load(Path.Combine(Zoo, id + ".onnx"));
        ActionUnitNetworkContract.Check(model.Manifest, session);
        session.Inputs[session.InputIndex("image")].ItemShape.ShouldBe([3, model.Manifest.Crop.Size, model.Manifest.Crop.Size]);
        session.Outputs[session.OutputIndex("intensity")].ItemShape.ShouldBe([model.Manifest.ActionUnits.Count]);
        session.Metadata["id"].ShouldBe(id);
        session.Metadata["training_data"].ShouldBe("synthetic people only");
    }

    private static void Compare(ReadOnlySpan<float> actual, float[] expected, string what)
    {
        actual.Length.ShouldBe(expected.Length, what);
        for (int i = 0; i < expected.Length; i++)
        {
            double allowed = Tolerance * Math.Max(1, Math.Abs(expected[i]));
            ((double)actual[i]).ShouldBe(expected[i], allowed, $"{what} [{i}]");
        }
    }
}
