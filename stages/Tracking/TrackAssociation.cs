using AuStream.Stages.Faces;

namespace AuStream.Stages.Tracking;

/// <summary>
/// Decides which found face is which of those out of sight: the cheapest one-to-one assignment over distance from the predicted
/// place, overlap with the predicted box, and difference of the landmarks' layout. Geometry only: nobody is recognised.
/// </summary>
internal sealed class TrackAssociation
{
    /// <summary>Reach around the predicted place in face sizes, at once and per second out of sight.</summary>
    private const float Reach = 0.8f;
    private const float ReachPerSecond = 1.5f;

    /// <summary>A face does not grow or shrink by more than this while out of sight.</summary>
    private const float SizeRatio = 2f;

    private readonly OptimalAssignment _assignment = new();
    private float[] _costs = [];

    /// <summary>For each found face the index of its track, or −1 for a new one; valid until the next call.</summary>
    public ReadOnlySpan<int> Match(List<FaceTrack> hidden, List<FaceTrack> found, long now)
    {
        int count = found.Count * hidden.Count;
        if (_costs.Length < count)
        {
            _costs = new float[count];
        }

        for (int i = 0; i < found.Count; i++)
        {
            for (int k = 0; k < hidden.Count; k++)
            {
                _costs[(i * hidden.Count) + k] = Cost(hidden[k], found[i], now);
            }
        }

        return _assignment.Solve(_costs.AsSpan(0, count), found.Count, hidden.Count);
    }

    private static float Cost(FaceTrack hidden, FaceTrack found, long now)
    {
        FaceMotion motion = hidden.Motion;
        PixelBox predicted = motion.Predict(now);
        float seconds = Math.Max(0, (now - hidden.SeenMicroseconds) * 1e-6f);
        float distance = FaceMotion.Distance(predicted, found.MeasuredBox) / motion.Size;
        float ratio = Math.Max(found.MeasuredBox.Width, found.MeasuredBox.Height) / motion.Size;
        if (distance > Reach + (ReachPerSecond * seconds) || ratio > SizeRatio || ratio < 1 / SizeRatio)
        {
            return OptimalAssignment.Forbidden;
        }

        float shape = FaceShape.Distance(motion.Shape, FaceShape.Of(found.Measured.Points, found.MeasuredBox)) / motion.Size;
        return distance + (0.5f * (1 - predicted.IntersectionOverUnion(found.MeasuredBox))) + (2 * shape);
    }
}
