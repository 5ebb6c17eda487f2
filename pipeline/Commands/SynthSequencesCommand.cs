using System.CommandLine;
using AuStream.Pipeline.Synthesizing;
using AuStream.Stages.Landmarks;
using AuStream.Synthesis.Samples;

namespace AuStream.Pipeline.Commands;

/// <summary><c>austream synth sequences</c>.</summary>
internal static class SynthSequencesCommand
{
    /// <summary>The command; the options it is given belong to <c>synth</c> and hold here too.</summary>
    public static Command Create(Option<ulong> seed, Option<int> threads, Option<string> network, Option<string?> assets, Option<string?> ict)
    {
        var shards = new SequenceShardOptions();
        Option<string?> output = new("--out") { Description = "Folder for the shards, not that of pictures; finished ones are kept, so a stopped run goes on.", HelpName = "DIR" };
        Option<int> clips = new("--clips") { Description = "How many clips of 2 to 20 seconds, each of a person of its own, over training, validation and test.", DefaultValueFactory = _ => shards.Clips };
        Option<int> frames = new("--frames-per-clip") { Description = "Frames of a typical clip; most have 8 to 15 a second, some 5 or 60.", DefaultValueFactory = _ => new SequenceSampleOptions().FramesPerClip };
        Option<long> first = new("--first-person") { Description = "Lowest number of a person; a person of the same number and seed in pictures is the same person.", DefaultValueFactory = _ => shards.FirstIdentity };
        Command command = new(
            "sequences",
            """
            Films synthetic people over time with exact action unit labels, as shards of .npy files for training the temporal head.
            The same options and seed give the same bytes.

            Example:
              austream synth sequences --out sequences --clips 800 --ict ict-facekit.npz
            """)
        {
            output, clips, frames, first,
        };
        command.SetAction((parsed, cancellation) => Task.Run(
            () => SequenceSynthesis.Run(
                new SequenceSynthesisOptions
                {
                    OutputFolder = parsed.GetValue(output) ?? throw new UsageException("synth sequences needs --out DIR, the folder for the shards; 'austream synth sequences --help' shows more."),
                    Clips = parsed.GetRequiredValue(clips),
                    FramesPerClip = parsed.GetRequiredValue(frames),
                    FirstPerson = parsed.GetRequiredValue(first),
                    Seed = parsed.GetRequiredValue(seed),
                    Threads = parsed.GetValue(threads),
                    LandmarkNetwork = LandmarkNetworks.Parse(parsed.GetRequiredValue(network)),
                    MakeHumanFolder = parsed.GetValue(assets),
                    IctFile = parsed.GetValue(ict),
                },
                cancellation),
            cancellation));
        return command;
    }
}
