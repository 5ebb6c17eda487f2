using AuStream.Pipeline.Commands;
using AuStream.Synthesis.ActionUnits;
using AuStream.Synthesis.Assets;
using AuStream.Synthesis.People;
using AuStream.Synthesis.Samples;

namespace AuStream.Pipeline.Synthesizing;

/// <summary>Films synthetic people and draws contact sheets of them.</summary>
public static class ClipSynthesis
{
    /// <summary>The scenes that can be filmed.</summary>
    public static IReadOnlyList<string> SceneNames { get; } = ["demo", "interview", "crossing", "classroom", "comes-and-goes", "hands", "variable-rate"];

    /// <summary>What sheets can show.</summary>
    public static IReadOnlyList<string> SheetNames { get; } = ["people", "occluders", "headwear", "sequences"];

    /// <summary>Films a scene into an .mp4 with its truth beside it (<c>NAME.truth.json</c>).</summary>
    /// <exception cref="UsageException">There is no such scene.</exception>
    public static int Film(SynthesisAssets assets, string path, string scene, ulong seed, double seconds, SequenceOptions film, CancellationToken cancellationToken)
    {
        PersonOptions people = new();
        film = scene switch
        {
            "hands" => film with { CameraMotion = film.Width / 80f, LightChange = 0.35f },
            "variable-rate" => film with { DroppedFrames = 0.4f },
            _ => film,
        };
        IReadOnlyList<SequenceActor> actors = scene switch
        {
            "demo" => Scenes.Interview(assets, seed, DemoScript.Create(), people, film),
            "interview" => Scenes.Interview(assets, seed, TimelineSampler.Sample(new Synthesis.Randomness.RandomStream(seed), seconds), people, film),
            "crossing" => Scenes.Crossing(assets, seed, seconds, people, film),
            "classroom" => Scenes.Classroom(assets, seed, 12, seconds, people, film),
            "comes-and-goes" => Scenes.ComesAndGoes(assets, seed, seconds, seconds * 0.25, seconds * 0.7, people, film),
            "hands" => Scenes.Hands(assets, seed, seconds, people, film),
            "variable-rate" => Scenes.Interview(assets, seed, TimelineSampler.Sample(new Synthesis.Randomness.RandomStream(seed), seconds), people, film),
            _ => throw new UsageException($"--scene is '{scene}': {string.Join(", ", SceneNames)} are possible."),
        };
        string truth = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, Path.GetFileNameWithoutExtension(path) + ".truth.json");
        long reported = TimeProvider.System.GetTimestamp();
        ClipRenderer.Render(
            actors,
            film,
            path,
            truth,
            progress: (done, all) =>
            {
                if (done == all || TimeProvider.System.GetElapsedTime(reported) >= TimeSpan.FromSeconds(5))
                {
                    reported = TimeProvider.System.GetTimestamp();
                    Console.Error.WriteLine($"filming: frame {done} of {all}");
                }
            },
            cancellation: cancellationToken);
        Console.Error.WriteLine($"done: {path}, truth in {truth}");
        return ExitCode.Success;
    }

    /// <summary>Draws a sheet of people, of people over time, or of one action unit from rest over A to E.</summary>
    public static int DrawSheet(SynthesisAssets assets, string path, int? actionUnit, string of, ulong seed)
    {
        if (actionUnit is int unit)
        {
            if (!ActionUnitSet.Numbers.Contains(unit))
            {
                throw new UsageException($"--au is {unit}: {string.Join(' ', ActionUnitSet.Numbers)} are rendered.");
            }

            ContactSheets.ActionUnit(assets, new PersonOptions(), unit, seed, rows: 4, path);
        }
        else if (of == "sequences")
        {
            ContactSheets.Sequences(assets, seed, columns: 8, path);
        }
        else
        {
            SampleOptions options = new() { Seed = seed };
            options = of switch
            {
                "occluders" => options with { Pictures = options.Pictures with { OccluderShare = 1 } },
                "headwear" => options with { People = options.People with { HeadwearShare = 1 }, Pictures = options.Pictures with { OccluderShare = 0 } },
                _ => options,
            };
            ContactSheets.People(assets, options, firstIdentity: 0, columns: 8, rows: 5, path);
        }

        return ExitCode.Success;
    }
}
