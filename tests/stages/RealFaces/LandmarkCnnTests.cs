using AuStream.Models.Sessions;
using AuStream.Stages.Faces;
using AuStream.Stages.Frames;
using AuStream.Stages.Landmarks;
using AuStream.Stages.Sampling;
using AuStream.Stages.Tracking;
using AuStream.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace AuStream.Stages.Tests.RealFaces;

/// <summary>The landmark CNN of the zoo as the pipeline's landmark stage.</summary>
public sealed class LandmarkCnnTests
{
    private const string Id = "landmark-cnn";

    private static readonly string s_zoo = Path.Combine(SharedMedia.RepositoryRoot, "models", "zoo");

    private readonly FramePool _frames = new();

    [Fact]
    public void Landmarks_and_points_move_with_the_picture()
    {
        using OnnxSession session = RequireZoo().Load(Id);
        using FaceLandmarker landmarker = new(session);
        const int side = 160;
        byte[] noise = new byte[3 * side * side];
        new Random(5).NextBytes(noise);
        using VideoFrame plain = RgbPicture.ToFrame(_frames, noise, side, side);
        FaceMesh here = new();
        FaceMesh there = new();

        // Two pixels: colour has half the resolution.
        Prop.ForAll(Seeds.Any, seed =>
        {
            (int x, int y) = (2 * (seed % 21), 2 * (seed / 21 % 21));
            using VideoFrame moved = RgbPicture.ToFrame(_frames, Moved(noise, side, x, y), side + 40, side + 40);
            FaceRegion region = new(80, 80, 90, 0.3f);
            landmarker.Locate(plain, [region], [here]);
            landmarker.Locate(moved, [region.Move(x, y)], [there]);
            bool isMoved = here.HasSchemePoints && there.HasSchemePoints && Math.Abs(here.Confidence - there.Confidence) < 1e-3;
            for (int i = 0; i < FaceObservation.LandmarkCount; i++)
            {
                isMoved &= Math.Abs(there.Points[3 * i] - here.Points[3 * i] - x) < 0.02f && Math.Abs(there.Points[(3 * i) + 1] - here.Points[(3 * i) + 1] - y) < 0.02f;
            }

            for (int i = 0; i < FaceMesh.SchemePointCount; i++)
            {
                isMoved &= Math.Abs(there.SchemePoints[2 * i] - here.SchemePoints[2 * i] - x) < 0.02f && Math.Abs(there.SchemePoints[(2 * i) + 1] - here.SchemePoints[(2 * i) + 1] - y) < 0.02f;
            }

            return isMoved;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Locating_allocates_nothing()
    {
        using OnnxSession session = RequireZoo().Load(Id);
        using FaceLandmarker landmarker = new(session);
        using VideoFrame frame = RgbPicture.ToFrame(_frames, new byte[3 * 64 * 64], 64, 64);
        FaceMesh[] meshes = [new FaceMesh()];
        FaceRegion[] regions = [new FaceRegion(32, 32, 40, 0)];

        AllocationMeter.Least(() => landmarker.Locate(frame, regions, meshes)).ShouldBe(0);
    }

    [Fact]
    public void A_video_with_one_face_keeps_it_and_one_without_has_hardly_any()
    {
        string withFace = SharedMedia.Require("media/single_face.mp4");
        string withoutFace = SharedMedia.Require("media/no_face.mp4");
        FaceAnalyzerOptions options = new() { Network = LandmarkNetwork.LandmarkCnn };

        using FaceAnalyzer first = new(RequireStore(), options);
        List<string> seen = Run(first, withFace);
        seen.Count(line => line == "1:Tracked").ShouldBeGreaterThan(seen.Count * 9 / 10, string.Join(' ', seen));

        // Its word on what is a face is weaker than the meshes' (docs/models.md: 5 % of squares without one are taken for one): nothing may be followed for long.
        using FaceAnalyzer second = new(RequireStore(), options);
        List<string> without = Run(second, withoutFace);
        without.Count(line => line.Contains("Tracked", StringComparison.Ordinal) || line.Contains("Appeared", StringComparison.Ordinal))
            .ShouldBeLessThan(Math.Max(8, without.Count / 10), string.Join(' ', without));
    }

    private static ModelStore RequireZoo()
    {
        ModelStore zoo = new([s_zoo]);
        Assert.SkipWhen(zoo.TryFind(Id) is null, "models/zoo has no landmark-cnn");
        return zoo;
    }

    private static ModelStore RequireStore() => new([.. RequireZoo().Folders, .. ImportedFaceModels.RequireStore().Folders]);

    private List<string> Run(FaceAnalyzer analyzer, string path)
    {
        FrameFacesPool pool = new();
        List<string> seen = [];
        foreach (VideoFrame frame in FfmpegFrames.Read(_frames, path))
        {
            using FrameFaces faces = pool.Rent(frame);
            analyzer.Process(faces);
            seen.Add(string.Join(' ', faces.Faces.Select(face => $"{face.FaceId}:{face.State}")));
        }

        return seen;
    }

    private static byte[] Moved(byte[] rgb, int side, int x, int y)
    {
        int larger = side + 40;
        byte[] moved = new byte[3 * larger * larger];
        for (int row = 0; row < side; row++)
        {
            rgb.AsSpan(3 * row * side, 3 * side).CopyTo(moved.AsSpan(3 * (((row + y) * larger) + x)));
        }

        return moved;
    }
}
