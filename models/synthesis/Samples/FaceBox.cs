using System.Numerics;

namespace AuStream.Synthesis.Samples;

/// <summary>Upright rectangle around a face's 68 points, in pixels; origin at the top left corner of the top left pixel.</summary>
/// <param name="X">Left border.</param>
/// <param name="Y">Top border.</param>
/// <param name="Width">Width.</param>
/// <param name="Height">Height.</param>
public readonly record struct FaceBox(float X, float Y, float Width, float Height)
{
    /// <summary>The tightest box around points.</summary>
    /// <exception cref="ArgumentException">No points.</exception>
    public static FaceBox Around(ReadOnlySpan<Vector2> points)
    {
        if (points.IsEmpty)
        {
            throw new ArgumentException("No points to put a box around.", nameof(points));
        }

        Vector2 low = points[0];
        Vector2 high = points[0];
        foreach (Vector2 point in points)
        {
            low = Vector2.Min(low, point);
            high = Vector2.Max(high, point);
        }

        return new FaceBox(low.X, low.Y, high.X - low.X, high.Y - low.Y);
    }
}
