using System.Globalization;
using AuStream.Pipeline.Assembling;
using AuStream.Pipeline.Commands;
using AuStream.Pipeline.Evaluating.Datasets;
using AuStream.Pipeline.Evaluating.Measuring;
using AuStream.Pipeline.Evaluating.Reporting;
using AuStream.Stages.Detection;
using AuStream.Stages.Frames;
using AuStream.Stages.Landmarks;
using AuStream.Stages.Tracking;

namespace AuStream.Pipeline.Evaluating.Points;

/// <summary>How far a landmark network's points are from points that people placed in pictures (docs/faces.md).</summary>
internal static class PointEvaluation
{
    /// <summary>Runs <c>austream eval points</c>: the table goes to standard output and to <c>points.md</c>.</summary>
    /// <param name="options">Root: the pictures; Labels: the table of points; model, landmarks, detector and output folder as for other datasets.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns><see cref="ExitCode.Failure"/> when a face was not found or a picture could not be read.</returns>
    /// <exception cref="DatasetException">There is no picture, or the table is malformed.</exception>
    public static async Task<int> RunAsync(EvaluationOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        PlacedPoints placed = PlacedPoints.Read(options.Labels!);
        string[] pictures = Directory.Exists(options.Root)
            ? [.. Directory.EnumerateFiles(options.Root).Where(path => MediaIndex.IsPicture(path) && placed.Find(path) is not null).Order(StringComparer.Ordinal)]
            : throw new DatasetException($"{options.Root}: there is no such folder. Name a folder of pictures.");
        if (pictures.Length == 0)
        {
            throw new DatasetException($"{options.Root} holds no picture whose name begins with an id of {options.Labels}.");
        }

        TimeProvider time = TimeProvider.System;
        using MeasuringEngine engine = MeasuringEngine.Load(options.Model, time, landmarks: options.Landmarks);
        (List<PointErrors> errors, List<string> notes) = await MeasureAsync(
            engine.GetFaceModels(StreamSettings.ParseDetector(options.Detector)), pictures, placed, time, cancellationToken);
        ReportTable[] tables = [TableOf(engine.Landmarks, errors, pictures.Length)];
        string folder = EvaluationFiles.CreateFolder(options.OutputFolder);
        await File.WriteAllTextAsync(Path.Combine(folder, "points.md"), MarkdownText.Of("Landmarks against points placed by hand", tables, notes), cancellationToken);
        ReportScreen.Show(tables);
        notes.ForEach(note => Console.Error.WriteLine($"austream: {note}"));
        return notes.Count > 0 ? ExitCode.Failure : ExitCode.Success;
    }

    private static async Task<(List<PointErrors> Errors, List<string> Notes)> MeasureAsync(
        FaceModels models, string[] pictures, PlacedPoints placed, TimeProvider time, CancellationToken cancellationToken)
    {
        using FaceDetector detector = new(models.Detector, new FaceDetectorOptions { Range = models.Range });
        using FaceLandmarker landmarker = new(models.Landmarks);
        List<FaceDetection> detections = [];
        FaceMesh mesh = new();
        List<PointErrors> errors = [];
        List<string> notes = [];
        await using PictureListSource source = new(pictures, new FramePool(), time, notes.Add);
        await foreach (VideoFrame picture in source.ReadAsync(cancellationToken))
        {
            using VideoFrame frame = picture;
            detections.Clear();
            detector.Detect(frame, isThorough: true, detections);

            // As for a new face in the pipeline: a look where the detector says, then one where the landmarks say.
            if (detections.Count == 0 || !landmarker.Locate(frame, FaceRegion.FromDetection(detections[0]), mesh, refinements: 1))
            {
                notes.Add($"{Path.GetFileName(frame.FileName)}: no face was found");
                continue;
            }

            errors.Add(PointErrors.Of(mesh, placed.Find(frame.FileName!)!));
        }

        return (errors, notes);
    }

    private static ReportTable TableOf(LandmarkNetwork network, List<PointErrors> errors, int pictures)
    {
        string Row(Func<PointErrors, double> value) => Share(errors.Select(value));
        string Middle(Func<PointErrors, double> value) => Percent(Median(errors.Select(value)));
        List<string[]> rows =
        [
            .. ComparedPoint.All.Select((point, i) => (string[])[point.Name, Row(face => face.ByPoint[i]), Middle(face => face.ByPoint[i]), Row(face => face.Offsets[i].X), Row(face => face.Offsets[i].Y)]),
            ["all points", Row(face => face.InterOcular), Middle(face => face.InterOcular), "", ""],
            ["all points, of the pupils' distance", Row(face => face.InterPupil), Middle(face => face.InterPupil), "", ""],
        ];
        return new ReportTable(
            network.ModelId(),
            [
                $"{errors.Count} of {pictures} faces, {(network == LandmarkNetwork.LandmarkCnn ? "the network's own 66 points" : "the nearest points of the mesh")}.",
                "Distance in per cent of the distance of the outer eye corners (inter-ocular) unless said otherwise.",
                "To the right, down: mean offset in the picture with level eyes. Where it makes up most of the distance, the point is defined differently.",
            ],
            ["point", "mean", "median", "to the right", "down"],
            rows);
    }

    private static string Share(IEnumerable<double> values) => Percent(values.Where(value => !double.IsNaN(value)).DefaultIfEmpty(double.NaN).Average());

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Where(value => !double.IsNaN(value)).Order()];
        return sorted.Length == 0 ? double.NaN : sorted[sorted.Length / 2];
    }

    private static string Percent(double share) => double.IsNaN(share) ? "-" : (100 * share).ToString("F2", CultureInfo.InvariantCulture) + " %";
}
