using AuStream.Stages.Detection;
using AuStream.Stages.Sampling;

namespace AuStream.Stages.Tests.Detection;

public sealed class DetectionDecoderTests
{
    [Fact]
    public void Short_range_anchors_are_two_per_coarse_cell_then_six_per_coarser_cell()
    {
        float[] anchors = AnchorGrid.Create(DetectorRange.Short);

        anchors.Length.ShouldBe(2 * 896);
        anchors[..8].ShouldBe([4, 4, 4, 4, 12, 4, 12, 4]);
        anchors[(2 * 512)..((2 * 512) + 4)].ShouldBe([8, 8, 8, 8]);
        anchors[(2 * 518)..((2 * 518) + 2)].ShouldBe([24, 8]);
        anchors[^2..].ShouldBe([120, 120]);
    }

    [Fact]
    public void Full_range_anchors_are_one_per_cell_of_four_pixels_row_by_row()
    {
        float[] anchors = AnchorGrid.Create(DetectorRange.Full);

        anchors.Length.ShouldBe(2 * 2304);
        anchors[..4].ShouldBe([2, 2, 6, 2]);
        anchors[96..98].ShouldBe([2, 6]);
        anchors[^2..].ShouldBe([190, 190]);
    }

    [Fact]
    public void A_prediction_is_moved_to_its_anchor_and_mapped_to_the_frame()
    {
        DetectionDecoder decoder = new(DetectorRange.Full);
        float[] regressors = new float[2304 * 16];
        float[] logits = new float[2304];
        Array.Fill(logits, -200f);
        // Second anchor: (6, 2). Centre (16, 22), 40 × 20, first point (−4, 3) from the anchor.
        logits[1] = 2;
        ((float[])[10, 20, 40, 20, -4, 3, 0, 0, 0, 0, 0, 0, 0, 0, 5, 6]).CopyTo(regressors, 16);
        List<FaceDetection> found = [];

        decoder.Decode(regressors, logits, 0.5f, new AffineMap(2, 0, 100, 0, 2, -50), found);

        FaceDetection face = found.ShouldHaveSingleItem();
        face.Box.ShouldBe(new(92, -26, 80, 40));
        face.Score.ShouldBe(0.880797f, 1e-5f);
        (face.Keypoints[0], face.Keypoints[1]).ShouldBe((104, -40));
        (face.Keypoints[10], face.Keypoints[11]).ShouldBe((122, -34));
    }

    [Fact]
    public void Scores_below_the_threshold_and_boxes_without_size_are_dropped()
    {
        DetectionDecoder decoder = new(DetectorRange.Full);
        float[] regressors = new float[2304 * 16];
        float[] logits = new float[2304];
        Array.Fill(logits, 1f);
        for (int i = 0; i < 2304; i++)
        {
            regressors[(16 * i) + 2] = 10;
            regressors[(16 * i) + 3] = i % 2 == 0 ? 10 : -1;
        }

        logits[0] = float.NaN;
        List<FaceDetection> found = [];
        decoder.Decode(regressors, logits, 0.73f, AffineMap.Identity, found);
        found.Count.ShouldBe(1151);
        found.Clear();

        // sigmoid(1) = 0.731
        decoder.Decode(regressors, logits, 0.732f, AffineMap.Identity, found);
        found.ShouldBeEmpty();
    }
}
