using System.Runtime.InteropServices;
using System.Text.Json;
using AuStream.Models.Manifests;
using AuStream.Models.Sessions;
using AuStream.Testing;

namespace AuStream.Models.Tests.Zoo;

/// <summary>ONNX Runtime computes what PyTorch computed when a landmark network of the zoo was exported, the completion to the mesh included.</summary>
public sealed class LandmarkParityTests
{
    private const double Tolerance = 1e-4;
    private const string Suffix = ".landmark-parity.json";

    private static readonly string s_zoo = Path.Combine(SharedMedia.RepositoryRoot, "models", "zoo");

    [Fact]
    public void Every_landmark_network_of_the_zoo_agrees_with_PyTorch_and_its_manifest_describes_it()
    {
        ModelStore store = new([s_zoo]);
        IReadOnlyList<LandmarkModelEntry> entries = new LandmarkModelCatalog(store).List();
        Assert.SkipWhen(entries.Count == 0, "the zoo has no landmark network");
        foreach (LandmarkModelEntry entry in entries)
        {
            LandmarkModelManifest manifest = entry.Manifest.ShouldNotBeNull(entry.Fault);
            using OnnxSession session = store.Load(entry.Id);
            session.Inputs.ShouldHaveSingleItem().ItemShape.ShouldBe([3, manifest.InputSize, manifest.InputSize]);
            session.Metadata["region_margin"].ShouldBe(FormattableString.Invariant($"{manifest.RegionMargin}"));
            session.Metadata["training_data"].ShouldBe("synthetic people only");
            Compare(entry.Id, session, manifest.InputSize);
        }
    }

    private static void Compare(string id, OnnxSession session, int size)
    {
        string path = Path.Combine(ParityVectors.Folder, id + Suffix);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
        float[] rendered = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.ChangeExtension(path, ".input.bin"))).ToArray();
        double frequency = document.RootElement.GetProperty("frequency").GetDouble();
        int length = 3 * size * size;
        using OnnxRunner runner = new(session);
        foreach (JsonProperty expected in document.RootElement.GetProperty("cases").EnumerateObject())
        {
            int count = expected.Value.GetProperty("count").GetInt32();
            float[] images = expected.Name == "generated" ? ParityVectors.Formula(count * length, frequency) : rendered;
            runner.Prepare(count);
            for (int face = 0; face < count; face++)
            {
                images.AsSpan(face * length, length).CopyTo(runner.Input(0, face));
            }

            runner.Run();
            foreach (string output in (string[])["landmarks", "face_flag", "points"])
            {
                for (int face = 0; face < count; face++)
                {
                    ReadOnlySpan<float> actual = runner.Output(session.OutputIndex(output), face);
                    JsonElement values = expected.Value.GetProperty(output)[face];
                    actual.Length.ShouldBe(values.GetArrayLength());
                    for (int i = 0; i < actual.Length; i++)
                    {
                        double value = values[i].GetDouble();
                        ((double)actual[i]).ShouldBe(value, Tolerance * Math.Max(1, Math.Abs(value)), $"{id} {expected.Name} face {face} {output} [{i}]");
                    }
                }
            }
        }
    }
}
