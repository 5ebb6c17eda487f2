using System.CommandLine;
using AuStream.Pipeline.Evaluating;
using AuStream.Pipeline.Evaluating.Points;

namespace AuStream.Pipeline.Commands;

/// <summary><c>austream eval points PICTURES --points FILE</c>.</summary>
public static class EvalPointsCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        Argument<string> pictures = new("PICTURES") { Description = "Folder of pictures with one face each." };
        Option<string> points = new("--points") { Description = "Table of points placed by hand: face_id, then NAME_x and NAME_y in pixels (docs/faces.md).", Required = true, HelpName = "FILE" };
        Option<string> model = new("--model") { Description = "Action unit network, whose landmark network is measured where --landmarks is auto.", DefaultValueFactory = _ => "austream-base" };
        Option<string> landmarks = LandmarksOption.Create();
        Option<string> detector = new("--detector") { Description = "Reach of the face detector: auto, short or full.", DefaultValueFactory = _ => "auto" };
        Option<string> output = new("--out") { Description = "Folder for points.md.", DefaultValueFactory = _ => "evaluation", HelpName = "DIR" };
        Command command = new(
            "points",
            """
            Measures how far a landmark network's points are from points that people placed in pictures.

            Example:
              austream eval points portraits/ --points points.csv --landmarks landmark-cnn
            """)
        {
            pictures, points, model, landmarks, detector, output,
        };
        command.SetAction((parsed, cancellation) => PointEvaluation.RunAsync(
            new EvaluationOptions
            {
                Root = parsed.GetRequiredValue(pictures),
                Labels = parsed.GetRequiredValue(points),
                Model = parsed.GetRequiredValue(model),
                Landmarks = parsed.GetRequiredValue(landmarks),
                Detector = parsed.GetRequiredValue(detector),
                OutputFolder = parsed.GetRequiredValue(output),
            },
            cancellation));
        return command;
    }
}
