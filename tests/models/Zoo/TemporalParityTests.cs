using System.Runtime.InteropServices;
using System.Text.Json;
using AuStream.Models.Manifests;
using AuStream.Models.Sessions;
using AuStream.Testing;

namespace AuStream.Models.Tests.Zoo;

/// <summary>A temporal head that is stepped frame by frame, its state handed on, computes what PyTorch computed on the whole sequence.</summary>
public sealed class TemporalParityTests
{
    private const double Tolerance = 1e-4;
    private const string Suffix = ".temporal-steps.json";

    private static readonly string s_zoo = Path.Combine(SharedMedia.RepositoryRoot, "models", "zoo");

    [Fact]
    public void Steps_of_every_head_of_the_zoo_agree_with_PyTorch()
    {
        string[] heads = [.. Directory.EnumerateFiles(ParityVectors.Folder, "*" + Suffix).Select(path => Path.GetFileName(path).Replace(Suffix, "", StringComparison.Ordinal))];
        Assert.SkipWhen(heads.Length == 0, "no model of the zoo has a temporal head");
        Array.ForEach(heads, Compare);
    }

    private static void Compare(string id)
    {
        ActionUnitModel model = new ActionUnitModelCatalog(new ModelStore([s_zoo])).Find(id);
        model.VerifyHash();
        using OnnxSession session = OnnxSession.Load(model.TemporalPath!);
        CompanionNetworkContract.CheckTemporal(model.Manifest, session);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(ParityVectors.Folder, id + Suffix)));
        JsonElement expected = document.RootElement;
        int frames = expected.GetProperty("frames").GetInt32();
        int features = expected.GetProperty("features").GetInt32();
        int units = model.Manifest.ActionUnits.Count;
        float[] input = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(ParityVectors.Folder, id + ".temporal-steps.input.bin"))).ToArray();
        int intensityAt = 2 * frames * features;
        int elapsedAt = intensityAt + (2 * frames * units);
        int referenceAt = elapsedAt + (2 * frames);
        input.Length.ShouldBe(referenceAt + (2 * features));

        using OnnxRunner runner = new(session, 2);
        float[][] states = [new float[model.Manifest.Temporal!.StateLength], new float[model.Manifest.Temporal.StateLength]];
        for (int frame = 0; frame < frames; frame++)
        {
            runner.Prepare(2);
            for (int track = 0; track < 2; track++)
            {
                int row = (track * frames) + frame;
                Fill("features", input.AsSpan(row * features, features));
                Fill("intensity", input.AsSpan(intensityAt + (row * units), units));
                Fill("elapsed", input.AsSpan(elapsedAt + row, 1));
                Fill("state", states[track]);
                if (session.Inputs.Any(port => port.Name == "reference"))
                {
                    Fill("reference", input.AsSpan(referenceAt + (track * features), features));
                    Fill("has_reference", [expected.GetProperty("has_reference")[track].GetSingle()]);
                }

                void Fill(string name, ReadOnlySpan<float> values) => values.CopyTo(runner.Input(session.InputIndex(name), track));
            }

            runner.Run();
            for (int track = 0; track < 2; track++)
            {
                CompareOutput("fused_intensity", expected.GetProperty("intensity")[track][frame]);
                CompareOutput("temporal_intensity", expected.GetProperty("temporal_intensity")[track][frame]);
                runner.Output(session.OutputIndex("next_state"), track).CopyTo(states[track]);

                void CompareOutput(string name, JsonElement values)
                {
                    ReadOnlySpan<float> actual = runner.Output(session.OutputIndex(name), track);
                    actual.Length.ShouldBe(values.GetArrayLength());
                    for (int i = 0; i < actual.Length; i++)
                    {
                        ((double)actual[i]).ShouldBe(values[i].GetDouble(), Tolerance, $"{id} {name} track {track} frame {frame} [{i}]");
                    }
                }
            }
        }
    }
}
