using AuStream.Stages.Faces;

namespace AuStream.Stages.Detection;

/// <summary>
/// Merges overlapping detections of one face: the best one and all that overlap it are averaged, weighted by their scores
/// (weighted non-maximum suppression, as in BlazeFace). Not thread-safe; allocates nothing in steady state.
/// </summary>
internal sealed class WeightedSuppression
{
    private static readonly Comparison<FaceDetection> BestFirst = static (a, b) => b.Score.CompareTo(a.Score);

    private readonly List<bool> _isTaken = [];

    /// <summary>Sorts the candidates and fills the result, best face first.</summary>
    /// <param name="candidates">Detections in any order; sorted by this call.</param>
    /// <param name="overlapThreshold">Intersection over union above which two detections are one face.</param>
    /// <param name="faces">Cleared, then filled. The score of a face is its best detection's.</param>
    public void Merge(List<FaceDetection> candidates, float overlapThreshold, List<FaceDetection> faces)
    {
        faces.Clear();
        candidates.Sort(BestFirst);
        _isTaken.Clear();
        for (int i = 0; i < candidates.Count; i++)
        {
            _isTaken.Add(false);
        }

        for (int i = 0; i < candidates.Count; i++)
        {
            if (!_isTaken[i])
            {
                faces.Add(Average(candidates, i, overlapThreshold));
            }
        }
    }

    private FaceDetection Average(List<FaceDetection> candidates, int best, float overlapThreshold)
    {
        FaceDetection top = candidates[best];
        FaceKeypoints keypoints = default;
        (float x, float y, float width, float height, float total) = (0, 0, 0, 0, 0);
        for (int i = best; i < candidates.Count; i++)
        {
            FaceDetection other = candidates[i];
            if (_isTaken[i] || (i != best && !(top.Box.IntersectionOverUnion(other.Box) > overlapThreshold)))
            {
                continue;
            }

            _isTaken[i] = true;
            total += other.Score;
            x += other.Score * other.Box.X;
            y += other.Score * other.Box.Y;
            width += other.Score * other.Box.Width;
            height += other.Score * other.Box.Height;
            for (int k = 0; k < 2 * FaceKeypoints.Count; k++)
            {
                keypoints[k] += other.Score * other.Keypoints[k];
            }
        }

        if (!(total > 0))
        {
            return top;
        }

        for (int k = 0; k < 2 * FaceKeypoints.Count; k++)
        {
            keypoints[k] /= total;
        }

        return new FaceDetection(new PixelBox(x / total, y / total, width / total, height / total), top.Score, keypoints);
    }
}
