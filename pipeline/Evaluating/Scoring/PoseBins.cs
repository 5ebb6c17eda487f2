using AuStream.Pipeline.Evaluating.Datasets;
using AuStream.Pipeline.Evaluating.Measuring;
using AuStream.Stages.Faces;

namespace AuStream.Pipeline.Evaluating.Scoring;

/// <summary>Results by head pose: the labelled one where there is one, else the estimated one.</summary>
internal static class PoseBins
{
    private static readonly (string Name, float From, float To)[] s_yaw =
    [
        ("yaw below -30", -180, -30), ("yaw -30 to -10", -30, -10), ("yaw -10 to 10", -10, 10), ("yaw 10 to 30", 10, 30), ("yaw 30 and above", 30, 181),
    ];

    private static readonly (string Name, float From, float To)[] s_pitch =
    [
        ("pitch below -15", -180, -15), ("pitch -15 to -5", -15, -5), ("pitch -5 to 5", -5, 5), ("pitch 5 to 15", 5, 15), ("pitch 15 and above", 15, 181),
    ];

    /// <summary>One result per bin that has frames.</summary>
    public static SliceTable Score(SetScorer scorer, LabeledSet set, IReadOnlyList<ItemMeasurements> measurements)
    {
        bool isLabelled = set.Items.All(item => item.Poses is not null);
        HeadPose? PoseOf(int item, int row) =>
            set.Items[item].Poses is { } poses ? poses[row]
            : measurements[item].States[row] == RowState.Measured ? measurements[item].Poses[row]
            : null;
        IEnumerable<SliceResult> Bins((string Name, float From, float To)[] bins, Func<HeadPose, float> angle) => bins
            .Select(bin => scorer.Score(bin.Name, measurements, (item, row) => PoseOf(item, row) is { } pose && angle(pose) >= bin.From && angle(pose) < bin.To))
            .Where(slice => slice.Frames > 0);
        return new SliceTable(
            "pose",
            "Head pose",
            $"Degrees, {(isLabelled ? "as labelled" : "as estimated; frames without a face have none and are left out")}. Yaw is positive towards the picture's right, pitch upwards.",
            [.. Bins(s_yaw, pose => pose.Yaw), .. Bins(s_pitch, pose => pose.Pitch)]);
    }
}
