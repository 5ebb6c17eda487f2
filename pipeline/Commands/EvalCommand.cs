using System.CommandLine;
using System.CommandLine.Parsing;
using AuStream.Pipeline.Evaluating;

namespace AuStream.Pipeline.Commands;

/// <summary><c>austream eval</c>.</summary>
public static class EvalCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        Option<string?> dataset = new("--dataset", "--layout") { Description = "bp4d, disfa, gft, fera17, emotionet, ck+, synthetic, csv (a table of your own) or pairs.", HelpName = "NAME" };
        Option<string?> root = new("--root") { Description = "The dataset's folder, as it was unpacked; for csv the table.", HelpName = "DIR" };
        Option<string?> protocol = new("--protocol") { Description = "E.g. 3-fold, 10-fold, all, 7-views; the dataset's usual one when left out (docs/evaluating.md).", HelpName = "ID" };
        Option<int?> fold = new("--fold") { Description = "Only this fold, from 1: for a model that was trained on the others.", HelpName = "N" };
        Option<string?> units = new("--au") { Description = "Action units, e.g. 6,12; the protocol's when left out.", HelpName = "LIST" };
        Option<float?> presentFrom = new("--present-from") { Description = "Labelled intensity (1-5) from which an action unit counts as present.", HelpName = "LEVEL" };
        Option<float?> threshold = new("--threshold") { Description = "Measured intensity (0-5) from which it is called present; the model's own thresholds when left out.", HelpName = "LEVEL" };
        Option<string> missingFace = new("--missing-face") { Description = "What a frame without a face counts as: negative (nothing present) or skip.", DefaultValueFactory = _ => "negative", HelpName = "RULE" };
        Option<string> model = new("--model") { Description = "Action unit network (austream models list).", DefaultValueFactory = _ => "austream-base" };
        Option<string> detector = new("--detector") { Description = "Reach of the face detector: auto, short or full.", DefaultValueFactory = _ => "auto" };
        Option<string> landmarks = LandmarksOption.Create();
        Option<bool> robustness = new("--robustness") { Description = "Again at half and quarter resolution and behind black boxes, and by head pose; nine times the work." };
        Option<EvaluationReference> reference = new("--neutral-reference")
        {
            Description = "Measure relative to each person's neutral picture (ck+, synthetic, pairs, csv with a column neutral); off: to nothing, not even to a video's own calm frames.",
            Arity = ArgumentArity.ZeroOrOne,
            HelpName = "off",
            CustomParser = ParseReference,
        };
        Option<int> passes = PassesOption.Create();
        Option<int> draws = new("--draws") { Description = "Draws for the confidence intervals, 0 for none.", DefaultValueFactory = _ => 1000, HelpName = "N" };
        Option<string> output = new("--out") { Description = "Folder for the reports; a run that was stopped goes on there.", DefaultValueFactory = _ => "evaluation", HelpName = "DIR" };
        Option<string?> predictions = new("--predictions") { Description = "frames.csv of 'austream analyze' (or its folder), instead of measuring.", HelpName = "DIR" };
        Option<string?> labels = new("--labels") { Description = "The table of labels for --predictions.", HelpName = "FILE" };
        Option<string?> neutral = new("--neutral") { Description = "pairs: folder of neutral pictures, one per person.", HelpName = "DIR" };
        Option<string?> expressive = new("--expressive") { Description = "pairs: folder of the same people with an expression, under the same names.", HelpName = "DIR" };
        Command command = new(
            "eval",
            """
            Measures a labelled dataset and reports how well its labels were met: F1, AUC, ICC and more per action unit.

              report.md     the tables that are also shown on the screen
              report.json   every number, with 95 % confidence intervals
              report.csv    the same, one row per table and action unit
              measured/     what was measured on every frame; a run that was stopped goes on from here

            Examples:
              austream eval --dataset bp4d --root /data/BP4D --out bp4d
              austream eval --dataset disfa --root /data/DISFA --present-from 4
              austream eval --dataset synthetic --root shards --robustness
              austream eval --dataset csv --root mine/labels.csv --model austream-base
              austream eval --dataset pairs --neutral neutral/ --expressive smiling/ --au 12,6
              austream eval --predictions results/ --labels mine/labels.csv
            """)
        {
            dataset, root, protocol, fold, units, presentFrom, threshold, missingFace, model, detector, landmarks, reference, passes, robustness, draws, output, predictions, labels, neutral, expressive, EvalPointsCommand.Create(),
        };
        command.SetAction((parsed, cancellation) => Evaluation.RunAsync(
            new EvaluationOptions
            {
                Dataset = parsed.GetValue(dataset),
                Root = parsed.GetValue(root),
                Protocol = parsed.GetValue(protocol),
                Fold = parsed.GetValue(fold),
                ActionUnits = parsed.GetValue(units),
                PresentFrom = parsed.GetValue(presentFrom),
                Threshold = parsed.GetValue(threshold),
                MissingFace = parsed.GetRequiredValue(missingFace),
                Model = parsed.GetRequiredValue(model),
                Detector = parsed.GetRequiredValue(detector),
                Landmarks = parsed.GetRequiredValue(landmarks),
                Reference = parsed.GetValue(reference),
                Passes = parsed.GetRequiredValue(passes),
                Robustness = parsed.GetValue(robustness),
                Draws = parsed.GetRequiredValue(draws),
                OutputFolder = parsed.GetRequiredValue(output),
                Predictions = parsed.GetValue(predictions),
                Labels = parsed.GetValue(labels),
                Neutral = parsed.GetValue(neutral),
                Expressive = parsed.GetValue(expressive),
            },
            cancellation));
        return command;
    }

    private static EvaluationReference ParseReference(ArgumentResult given)
    {
        switch (given.Tokens)
        {
            case []:
                return EvaluationReference.Pictures;
            case [{ Value: "off" }]:
                return EvaluationReference.Off;
            default:
                given.AddError($"--neutral-reference {given.Tokens[0].Value}: leave the word out (the same person's neutral picture), or write off.");
                return EvaluationReference.Automatic;
        }
    }
}
