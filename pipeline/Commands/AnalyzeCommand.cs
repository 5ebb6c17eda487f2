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
        Option<string> landmarks = LandmarksOption.Create();
        Option<string> temporal = new("--temporal") { Description = "Temporal head of the model: auto (as the model says), on or off.", DefaultValueFactory = _ => "auto" };
        Option<string> reference = new("--neutral-reference")
        {
            Description = "What action units are relative to: off, enrolled (only --neutral and --neutral-at), estimated (each face's own calm frames), auto (estimated where the model has a network for it, else enrolled).",
            DefaultValueFactory = _ => "auto",
        };
        Option<string?> neutral = new("--neutral")
        {
            Description = "Picture of the recorded person at rest. A folder: all its pictures (video), or for each picture the one of the same name (pictures).",
            HelpName = "PATH",
        };
        Option<double?> neutralAt = new("--neutral-at") { Description = "Second of the recording from which on its faces are at rest for half a second.", HelpName = "SECONDS" };
        Option<double> lookAhead = new("--look-ahead")
        {
            Description = "How far deciding on events looks ahead, 0-2000 ms; 0 gives, with --passes 1, the events that a live stream would give.",
            DefaultValueFactory = _ => AnalysisOptions.DefaultLookAheadMilliseconds,
            HelpName = "MS",
        };
        Option<int> passes = PassesOption.Create();
        Option<string> provider = ComputingOptions.CreateProvider();
        Command command = new(
            "analyze",
            """
            Measures a recording or pictures and writes files.

              frames.csv        one row per frame and face, OpenFace's column names; success 0 where there is no face
              events.tsv        one row per event (BIDS: onset, duration, trial_type), with events.json
              annotations.eaf   the same for ELAN, one tier per face and action unit
              report.html       timelines to look at in a browser; holds no picture
            Pictures give frames.csv only, with the file's name in the last column.

            Examples:
              austream analyze interview.mp4 --out results
              austream analyze portraits/ --out results --model austream-base
              austream analyze interview.mp4 --out results --neutral-at 12.5
              austream analyze smiling/ --out results --neutral neutral/
            """)
        {
            input, output, model, maxFaces, detector, landmarks, temporal, reference, neutral, neutralAt, passes, lookAhead, provider,
        };
        command.SetAction((parsed, cancellation) => Analysis.RunAsync(
            new AnalysisOptions
            {
                Input = parsed.GetRequiredValue(input),
                OutputFolder = parsed.GetRequiredValue(output),
                Model = parsed.GetRequiredValue(model),
                MaxFaces = parsed.GetRequiredValue(maxFaces),
                Detector = parsed.GetRequiredValue(detector),
                Landmarks = parsed.GetRequiredValue(landmarks),
                Temporal = parsed.GetRequiredValue(temporal),
                Reference = parsed.GetRequiredValue(reference),
                Neutral = parsed.GetValue(neutral),
                LookAheadMilliseconds = parsed.GetRequiredValue(lookAhead),
                Passes = parsed.GetRequiredValue(passes),
                NeutralAt = parsed.GetValue(neutralAt),
                Provider = parsed.GetRequiredValue(provider),
            },
            cancellation));
        return command;
    }
}
