using System.CommandLine;
using AuStream.Pipeline.Analyzing;

namespace AuStream.Pipeline.Commands;

/// <summary><c>austream analyze INPUT --out DIR</c>.</summary>
public static class AnalyzeCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        Argument<string> input = new("INPUT") { Description = "A video file, a picture, or a folder of pictures." };
        Option<string> output = new("--out") { Description = "Folder for the results; made when missing, results of an earlier run in it are replaced.", Required = true, HelpName = "DIR" };
        Option<string> model = new("--model") { Description = "Action unit network (austream models list).", DefaultValueFactory = _ => "austream-base" };
        Option<int> maxFaces = new("--max-faces") { Description = "Most faces measured at once, 1-100.", DefaultValueFactory = _ => 40 };
        Option<string> detector = new("--detector") { Description = "Reach of the face detector: auto, short or full.", DefaultValueFactory = _ => "auto" };
        Command command = new(
            "analyze",
            """
            Measures a recording or pictures and writes files.

              frames.csv        one row per frame and face, OpenFace's column names; success 0 where there is no face
              events.tsv        one row per event (BIDS: onset, duration, trial_type), with events.json
              annotations.eaf   the same for ELAN, one tier per face and action unit
            Pictures give frames.csv only, with the file's name in the last column.

            Examples:
              austream analyze interview.mp4 --out results
              austream analyze portraits/ --out results --model austream-base
            """)
        {
            input, output, model, maxFaces, detector,
        };
        command.SetAction((parsed, cancellation) => Analysis.RunAsync(
            new AnalysisOptions
            {
                Input = parsed.GetRequiredValue(input),
                OutputFolder = parsed.GetRequiredValue(output),
                Model = parsed.GetRequiredValue(model),
                MaxFaces = parsed.GetRequiredValue(maxFaces),
                Detector = parsed.GetRequiredValue(detector),
            },
            cancellation));
        return command;
    }
}
