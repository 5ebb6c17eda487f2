using AuStream.Models.Manifests;
using AuStream.Models.Sessions;
using AuStream.Testing;

namespace AuStream.Models.Tests.Zoo;

/// <summary>ONNX Runtime computes frame by frame, with the state handed on, what PyTorch computed for whole sequences.</summary>
public sealed class TemporalParityTests
{
    private const double Tolerance = 1e-4;

    private static readonly string Zoo = Path.Combine(SharedMedia.RepositoryRoot, "models", "zoo");

    public static TheoryData<string> Heads =>
        [.. Directory.EnumerateFiles(ParityVectors.Folder, "*.temporal-steps.json").Select(path => Path.GetFileName(path).Replace(".temporal-steps.json", "", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Heads))]
    public void Two_tracks_in_one_batch_agree_with_the_sequences_of_PyTorch(string id)
    {
        TemporalSteps expected = TemporalSteps.Read(id);
        using OnnxSession session = Load(id);
        float[][] state = Run(session, expected, expected.ReadInputs(id), tracks: [0, 1], 0, expected.Frames, [new float[expected.State[0].Length], new float[expected.State[1].Length]], isCompared: true);
        for (int track = 0; track < 2; track++)
        {
            Compare(state[track], expected.State[track], $"{id} track {track} state");
        }
    }

    [Theory]
    [MemberData(nameof(Heads))]
    public void A_track_alone_whose_state_was_put_aside_agrees_as_well(string id)
    {
        TemporalSteps expected = TemporalSteps.Read(id);
        using OnnxSession session = Load(id);
        (float[] Features, float[] Intensity, float[] Elapsed, float[] Reference) inputs = expected.ReadInputs(id);
        int cut = expected.Frames / 3;
        float[][] first = Run(session, expected, inputs, tracks: [1], 0, cut, [new float[expected.State[1].Length]], isCompared: true);
        float[] aside = [.. first[0]];
        Run(session, expected, inputs, tracks: [0], 0, cut, [new float[expected.State[0].Length]], isCompared: true);
        float[][] second = Run(session, expected, inputs, tracks: [1], cut, expected.Frames, [aside], isCompared: true);
        Compare(second[0], expected.State[1], $"{id} state");
    }

    [Theory]
    [MemberData(nameof(Heads))]
    public void A_track_that_begins_anew_differs_from_one_that_goes_on(string id)
    {
        TemporalSteps expected = TemporalSteps.Read(id);
        using OnnxSession session = Load(id);
        float[][] anew = Run(session, expected, expected.ReadInputs(id), tracks: [0], expected.Frames - 1, expected.Frames, [new float[expected.State[0].Length]], isCompared: false);
        anew[0].Zip(expected.State[0], (one, other) => Math.Abs(one - other)).Max().ShouldBeGreaterThan(0.01f);
    }

    private static OnnxSession Load(string id)
    {
        ActionUnitModel model = new ActionUnitModelCatalog(new ModelStore([Zoo])).Find(id);
        model.VerifyHash();
        OnnxSession session = OnnxSession.Load(model.TemporalPath.ShouldNotBeNull());
        CompanionNetworkContract.CheckTemporal(model.Manifest, session);
        session.Metadata["training_data"].ShouldBe("synthetic people only");
        return session;
    }

    /// <summary>Steps some tracks through frames and returns their states.</summary>
    private static float[][] Run(
        OnnxSession session,
        TemporalSteps expected,
        (float[] Features, float[] Intensity, float[] Elapsed, float[] Reference) inputs,
        int[] tracks,
        int from,
        int to,
        float[][] states,
        bool isCompared)
    {
        using OnnxRunner runner = new(session);
        int units = expected.Intensity[0][0].Length;
        for (int frame = from; frame < to; frame++)
        {
            runner.Prepare(tracks.Length);
            for (int item = 0; item < tracks.Length; item++)
            {
                int row = (tracks[item] * expected.Frames) + frame;
                Fill(runner, "features", item, inputs.Features.AsSpan(row * expected.Features, expected.Features));
                Fill(runner, "intensity", item, inputs.Intensity.AsSpan(row * units, units));
                Fill(runner, "elapsed", item, inputs.Elapsed.AsSpan(row, 1));
                Fill(runner, "reference", item, inputs.Reference.AsSpan(tracks[item] * expected.Features, expected.Features));
                Fill(runner, "has_reference", item, expected.HasReference.AsSpan(tracks[item], 1));
                Fill(runner, "state", item, states[item]);
            }

            runner.Run();
            for (int item = 0; item < tracks.Length; item++)
            {
                if (isCompared)
                {
                    Compare(runner.Output(session.OutputIndex("fused_intensity"), item), expected.Intensity[tracks[item]][frame], $"track {tracks[item]} frame {frame} intensity");
                    Compare(runner.Output(session.OutputIndex("temporal_intensity"), item), expected.TemporalIntensity[tracks[item]][frame], $"track {tracks[item]} frame {frame} temporal");
                }

                states[item] = runner.Output(session.OutputIndex("next_state"), item).ToArray();
            }
        }

        return states;
    }

    private static void Fill(OnnxRunner runner, string name, int item, ReadOnlySpan<float> values) =>
        values.CopyTo(runner.Input(runner.Session.InputIndex(name), item));

    private static void Compare(ReadOnlySpan<float> actual, ReadOnlySpan<float> expected, string what)
    {
        actual.Length.ShouldBe(expected.Length, what);
        for (int i = 0; i < expected.Length; i++)
        {
            double allowed = Tolerance * Math.Max(1, Math.Abs(expected[i]));
            ((double)actual[i]).ShouldBe(expected[i], allowed, $"{what} [{i}]");
        }
    }
}
