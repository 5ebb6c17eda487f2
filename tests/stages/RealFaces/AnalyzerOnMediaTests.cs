using System.Globalization;
using AuStream.Stages.Faces;
using AuStream.Stages.Frames;
using AuStream.Stages.Landmarks;
using AuStream.Stages.Tracking;
using AuStream.Testing;

namespace AuStream.Stages.Tests.RealFaces;

public sealed class AnalyzerOnMediaTests
{
    private static readonly FaceAnalyzerOptions Pictures = new() { Tracking = new TrackerOptions { IsPictures = true } };

    private readonly FramePool _frames = new();
    private readonly FrameFacesPool _pool = new();

    [Fact]
    public void Five_faces_are_measured_in_the_group_picture()
    {
        string path = SharedMedia.Require("media/multi_face.jpg");
        using FaceAnalyzer analyzer = new(ImportedFaceModels.RequireStore(), Pictures);
        using FrameFaces faces = _pool.Rent(FfmpegFrames.Read(_frames, path).Single());

        analyzer.Process(faces);

        faces.Faces.Count.ShouldBe(5);
        faces.Faces.ShouldAllBe(face => face.State == FaceState.Appeared && face.Confidence > 0.9f && face.InterOcularDistance > 10);
        faces.Faces.Select(face => face.FaceId).ShouldBe([1, 2, 3, 4, 5]);
    }

    [Fact]
    public void No_face_is_reported_in_a_video_without_one()
    {
        string path = SharedMedia.Require("media/no_face.mp4");
        using FaceAnalyzer analyzer = new(ImportedFaceModels.RequireStore(), new FaceAnalyzerOptions());

        List<string> seen = Run(analyzer, path);

        seen.Count.ShouldBeGreaterThan(90);
        seen.ShouldAllBe(line => line.Length == 0);
    }

    [Fact]
    public void A_face_that_comes_and_goes_appears_and_is_lost()
    {
        string path = SharedMedia.Require("media/face_noface.mov");
        using FaceAnalyzer analyzer = new(ImportedFaceModels.RequireStore(), new FaceAnalyzerOptions());

        List<string> seen = Run(analyzer, path);

        string story = string.Join(' ', seen.Aggregate(new List<string>(), (lines, line) =>
        {
            if (lines.Count == 0 || lines[^1] != line)
            {
                lines.Add(line);
            }

            return lines;
        }).Select(line => $"[{line}]"));
        story.ShouldContain("1:Appeared");
        story.ShouldContain("1:Lost");
        seen.Count(line => line.Contains("1:Tracked", StringComparison.Ordinal)).ShouldBeGreaterThan(30, story);
        seen.Count(line => line.Length == 0).ShouldBeGreaterThan(10, story);
    }

    [Fact]
    public void One_face_keeps_one_id_through_a_video_and_its_landmarks_lie_in_its_box()
    {
        string path = SharedMedia.Require("media/single_face.mp4");
        using FaceAnalyzer analyzer = new(ImportedFaceModels.RequireStore(), new FaceAnalyzerOptions());

        List<string> seen = Run(analyzer, path);

        seen.Count.ShouldBe(72);
        seen[0].ShouldBe("1:Appeared");
        seen.Skip(1).ShouldAllBe(line => line == "1:Tracked");
    }

    [Theory]
    [InlineData(LandmarkNetwork.Mesh)]
    [InlineData(LandmarkNetwork.AttentionMesh)]
    public void Eye_centres_of_portraits_are_within_three_percent_of_the_inter_ocular_distance(LandmarkNetwork network)
    {
        string folder = SharedMedia.Require("media/london-dev/neutral");
        Dictionary<string, Dictionary<string, float>> truth = ReadPoints(SharedMedia.Require("media/london-dev/neutral_points.csv"));
        using FaceAnalyzer analyzer = new(ImportedFaceModels.RequireStore(), Pictures with { Network = network });
        List<float> corners = [];
        List<float> pupils = [];
        List<HeadPose> poses = [];
        string[] names = [.. Directory.GetFiles(folder, "*.jpg").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];
        int index = 0;
        foreach (VideoFrame frame in FfmpegFrames.Read(_frames, Path.Combine(folder, "*.jpg")))
        {
            using FrameFaces faces = _pool.Rent(frame);
            analyzer.Process(faces);
            FaceObservation face = faces.Faces.ShouldHaveSingleItem(names[index]);
            Dictionary<string, float> points = truth[names[index++]];
            face.HasIrises.ShouldBe(network == LandmarkNetwork.AttentionMesh);
            foreach ((string side, int[] corner, int iris) in (ReadOnlySpan<(string, int[], int)>)[("right", [33, 133], 0), ("left", [362, 263], 10)])
            {
                float x = corner.Average(point => face.Landmarks[3 * point]);
                float y = corner.Average(point => face.Landmarks[(3 * point) + 1]);
                float cornerX = (points[side + "_eye_outer_x"] + points[side + "_eye_inner_x"]) / 2;
                float cornerY = (points[side + "_eye_outer_y"] + points[side + "_eye_inner_y"]) / 2;
                corners.Add(Length(x - cornerX, y - cornerY) / InterOcular(points));
                pupils.Add(Length(face.Irises[iris] - points[side + "_pupil_x"], face.Irises[iris + 1] - points[side + "_pupil_y"]) / InterOcular(points));
            }

            poses.Add(face.Pose);
        }

        string report = string.Create(CultureInfo.InvariantCulture, $"median error of the corners' middle {Median(corners):P2}, {(network == LandmarkNetwork.AttentionMesh ? $"of the iris {Median(pupils):P2}, " : string.Empty)}median pose {Median(poses.Select(pose => pose.Yaw)):F1}, {Median(poses.Select(pose => pose.Pitch)):F1}, {Median(poses.Select(pose => pose.Roll)):F1}");
        TestContext.Current.TestOutputHelper!.WriteLine(report);
        corners.Count.ShouldBe(2 * names.Length);
        Median(corners).ShouldBeLessThan(0.03f, report);
        if (network == LandmarkNetwork.AttentionMesh)
        {
            Median(corners).ShouldBeLessThan(0.02f, report);
            Median(pupils).ShouldBeLessThan(0.02f, report);
        }

        Median(poses.Select(pose => Math.Abs(pose.Yaw))).ShouldBeLessThan(4, report);
        Median(poses.Select(pose => Math.Abs(pose.Pitch))).ShouldBeLessThan(8, report);
        Median(poses.Select(pose => Math.Abs(pose.Roll))).ShouldBeLessThan(3, report);
    }

    private List<string> Run(FaceAnalyzer analyzer, string path)
    {
        List<string> seen = [];
        foreach (VideoFrame frame in FfmpegFrames.Read(_frames, path))
        {
            using FrameFaces faces = _pool.Rent(frame);
            analyzer.Process(faces);
            seen.Add(string.Join(' ', faces.Faces.Select(face => $"{face.FaceId}:{face.State}")));
        }

        _frames.Rented.ShouldBe(0);
        return seen;
    }

    private static float Length(float x, float y) => MathF.Sqrt((x * x) + (y * y));

    private static float InterOcular(Dictionary<string, float> points)
    {
        return Length(points["right_pupil_x"] - points["left_pupil_x"], points["right_pupil_y"] - points["left_pupil_y"]);
    }

    private static float Median(IEnumerable<float> values)
    {
        float[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private static Dictionary<string, Dictionary<string, float>> ReadPoints(string path)
    {
        string[] lines = File.ReadAllLines(path);
        string[] names = lines[0].Split(',');
        return lines.Skip(1).Select(line => line.Split(',')).ToDictionary(
            cells => cells[0],
            cells => names.Zip(cells).Skip(1).ToDictionary(pair => pair.First, pair => float.Parse(pair.Second, CultureInfo.InvariantCulture)));
    }
}
