using System.Numerics;
using AuStream.Stages.Faces;

namespace AuStream.Pipeline.Evaluating.Measuring;

/// <summary>Which of several faces a label is about.</summary>
internal static class FaceChoice
{
    /// <summary>True when a face goes before the best one so far: the one around the labelled place, else the largest.</summary>
    /// <param name="face">A face.</param>
    /// <param name="best">The best one so far; null when there is none.</param>
    /// <param name="place">The labelled place, in the pixels of the boxes; null where the data have none.</param>
    public static bool IsBetter(PixelBox face, PixelBox? best, Vector2? place)
    {
        if (place is not { } point)
        {
            return best is null || face.Area > best.Value.Area;
        }

        bool isAround = point.X >= face.X && point.X <= face.X + face.Width && point.Y >= face.Y && point.Y <= face.Y + face.Height;
        return isAround && (best is null || Distance(face, point) < Distance(best.Value, point));
    }

    private static float Distance(PixelBox face, Vector2 point) => Vector2.DistanceSquared(new Vector2(face.CenterX, face.CenterY), point);
}
