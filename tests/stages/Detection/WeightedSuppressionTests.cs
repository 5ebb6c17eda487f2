using AuStream.Stages.Detection;
using AuStream.Stages.Faces;

namespace AuStream.Stages.Tests.Detection;

public sealed class WeightedSuppressionTests
{
    [Fact]
    public void Overlapping_detections_are_averaged_by_score_and_keep_the_best_score()
    {
        List<FaceDetection> faces = [];
        new WeightedSuppression().Merge([At(12, 0.3f), At(10, 0.9f), At(100, 0.5f)], 0.3f, faces);

        faces.Count.ShouldBe(2);
        faces[0].Score.ShouldBe(0.9f);
        faces[0].Box.X.ShouldBe(10.5f, 1e-4f);
        faces[0].Box.Width.ShouldBe(20, 1e-4f);
        faces[0].Keypoints[0].ShouldBe(10.5f, 1e-4f);
        faces[1].ShouldBe(At(100, 0.5f));
    }

    [Fact]
    public void Overlap_is_judged_against_the_best_detection_only()
    {
        // Each overlaps its neighbour by a third; the first and the last do not touch enough.
        List<FaceDetection> faces = [];
        new WeightedSuppression().Merge([At(0, 0.9f), At(9, 0.8f), At(18, 0.7f)], 0.3f, faces);

        faces.Count.ShouldBe(2);
        faces[1].Box.X.ShouldBe(18);
    }

    [Fact]
    public void Nothing_in_gives_nothing_out()
    {
        List<FaceDetection> faces = [At(1, 1)];
        new WeightedSuppression().Merge([], 0.3f, faces);
        faces.ShouldBeEmpty();
    }

    private static FaceDetection At(float x, float score)
    {
        FaceKeypoints points = default;
        points[0] = x;
        return new FaceDetection(new PixelBox(x, 5, 20, 20), score, points);
    }
}
