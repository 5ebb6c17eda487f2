using AuStream.Stages.Sampling;

namespace AuStream.Stages.Alignment;

/// <summary>
/// Least-squares similarity between two sets of points in the plane: scale, rotation and translation, never a reflection.
/// S. Umeyama, "Least-squares estimation of transformation parameters between two point patterns", PAMI 1991; in two dimensions
/// the optimum has a closed form without a singular value decomposition.
/// </summary>
public static class SimilarityEstimator
{
    // Below this squared correlation (or relative spread) the points do not determine a rotation: rounding would decide it.
    private const double Degenerate = 1e-12;

    /// <summary>
    /// The similarity that minimises Σ |map(source) − target|², all points weighted equally. Accurate to rounding in double precision.
    /// </summary>
    /// <param name="source">x0, y0, x1, y1, … in pixels.</param>
    /// <param name="target">As many points, in the same order.</param>
    /// <param name="sourceToTarget">The map; the identity when there is none.</param>
    /// <returns>False when no similarity is determined: fewer than two points, points that coincide, values that are not finite, or
    /// a target that is no more like the source than like its mirror image.</returns>
    /// <exception cref="ArgumentException">The spans differ in length, or the length is odd.</exception>
    public static bool TryEstimate(ReadOnlySpan<double> source, ReadOnlySpan<double> target, out AffineMap sourceToTarget)
    {
        if (source.Length != target.Length || (source.Length & 1) != 0)
        {
            throw new ArgumentException($"Point lists must be equally long pairs of x and y; they have {source.Length} and {target.Length} values.", nameof(target));
        }

        sourceToTarget = AffineMap.Identity;
        if (source.Length < 4)
        {
            return false;
        }

        (double sourceX, double sourceY) = Centroid(source);
        (double targetX, double targetY) = Centroid(target);
        double along = 0;
        double across = 0;
        double sourceSpread = 0;
        double targetSpread = 0;
        for (int i = 0; i < source.Length; i += 2)
        {
            double sx = source[i] - sourceX;
            double sy = source[i + 1] - sourceY;
            double tx = target[i] - targetX;
            double ty = target[i + 1] - targetY;
            along += (sx * tx) + (sy * ty);
            across += (sx * ty) - (sy * tx);
            sourceSpread += (sx * sx) + (sy * sy);
            targetSpread += (tx * tx) + (ty * ty);
        }

        // Written so that NaN fails the comparisons.
        double correlated = (along * along) + (across * across);
        if (!(sourceSpread > Degenerate * ((sourceX * sourceX) + (sourceY * sourceY)))
            || !(correlated > Degenerate * sourceSpread * targetSpread)
            || !double.IsFinite(correlated))
        {
            return false;
        }

        double a = along / sourceSpread;
        double b = across / sourceSpread;
        sourceToTarget = new AffineMap(
            a, -b, targetX - (a * sourceX) + (b * sourceY),
            b, a, targetY - (b * sourceX) - (a * sourceY));
        return true;
    }

    private static (double X, double Y) Centroid(ReadOnlySpan<double> points)
    {
        double x = 0;
        double y = 0;
        for (int i = 0; i < points.Length; i += 2)
        {
            x += points[i];
            y += points[i + 1];
        }

        return (x / (points.Length / 2), y / (points.Length / 2));
    }
}
