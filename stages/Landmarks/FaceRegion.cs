using System.Numerics;
using AuStream.Stages.Detection;
using AuStream.Stages.Faces;
using AuStream.Stages.Sampling;

namespace AuStream.Stages.Landmarks;

/// <summary>The square of the frame that the landmark network looks at, in pixels, turned clockwise by <see cref="Radians"/>.</summary>
public readonly record struct FaceRegion(float CenterX, float CenterY, float Side, float Radians)
{
    /// <summary>Side of a region in units of the longer side of the box that it is made of.</summary>
    public const float Margin = 1.5f;

    /// <summary>One and a half times the detection's box, turned so that the eyes are level.</summary>
    public static FaceRegion FromDetection(in FaceDetection detection)
    {
        FaceKeypoints points = detection.Keypoints;
        float radians = MathF.Atan2(points[3] - points[1], points[2] - points[0]);
        PixelBox box = detection.Box;
        return new FaceRegion(box.CenterX, box.CenterY, Margin * Math.Max(box.Width, box.Height), radians);
    }

    /// <summary>One and a half times an upright box around a face (brows to chin).</summary>
    public static FaceRegion FromBox(in PixelBox box) =>
        new(box.CenterX, box.CenterY, Margin * Math.Max(box.Width, box.Height), 0);

    /// <summary>
    /// One and a half times the box around the landmarks, turned so that the outer eye corners (33 and 263) are level. The box is
    /// taken in the turned direction, so that the region of a tilted face is as big as that of an upright one.
    /// </summary>
    /// <param name="landmarks">468 × (x, y, z) in pixels.</param>
    public static FaceRegion FromLandmarks(ReadOnlySpan<float> landmarks)
    {
        float alongX = landmarks[263 * 3] - landmarks[33 * 3];
        float alongY = landmarks[(263 * 3) + 1] - landmarks[(33 * 3) + 1];
        float radians = MathF.Atan2(alongY, alongX);
        (float sine, float cosine) = MathF.SinCos(radians);
        (float left, float top, float right, float bottom) = (float.MaxValue, float.MaxValue, float.MinValue, float.MinValue);
        for (int i = 0; i < FaceObservation.LandmarkCount * 3; i += 3)
        {
            float x = (landmarks[i] * cosine) + (landmarks[i + 1] * sine);
            float y = (landmarks[i + 1] * cosine) - (landmarks[i] * sine);
            left = Math.Min(left, x);
            right = Math.Max(right, x);
            top = Math.Min(top, y);
            bottom = Math.Max(bottom, y);
        }

        float centerX = (left + right) / 2;
        float centerY = (top + bottom) / 2;
        return new FaceRegion(
            (centerX * cosine) - (centerY * sine),
            (centerX * sine) + (centerY * cosine),
            Margin * Math.Max(right - left, bottom - top),
            radians);
    }

    /// <summary>
    /// The region that the network's own landmarks would give, guessed from true iBUG points: the linear fit to 1,300 synthetic faces,
    /// off by 1.3 % (x), 2.2 % (y) and 6 % (side) of the points' height on average.
    /// </summary>
    /// <param name="points68">68 × (x, y) in pixels.</param>
    public static FaceRegion FromPoints68(ReadOnlySpan<Vector2> points68)
    {
        Vector2 eyes = points68[45] - points68[36];
        float radians = MathF.Atan2(eyes.Y, eyes.X);
        Matrix3x2 level = Matrix3x2.CreateRotation(-radians);
        Vector2 low = new(float.MaxValue);
        Vector2 high = new(float.MinValue);
        foreach (Vector2 point in points68)
        {
            Vector2 turned = Vector2.Transform(point, level);
            low = Vector2.Min(low, turned);
            high = Vector2.Max(high, turned);
        }

        // The mesh reaches up to the hairline, the points to the brows only.
        Vector2 size = high - low;
        Vector2 center = ((low + high) / 2) + new Vector2(0, (0.018f * size.X) - (0.129f * size.Y));
        Vector2 inFrame = Vector2.Transform(center, Matrix3x2.CreateRotation(radians));
        return new FaceRegion(inFrame.X, inFrame.Y, (0.573f * size.X) + (1.225f * size.Y), radians);
    }

    /// <summary>The same region with another side, around the same middle.</summary>
    /// <param name="factor">Above 0.</param>
    public FaceRegion Scale(float factor) => this with { Side = Side * factor };

    /// <summary>The same region moved.</summary>
    public FaceRegion Move(float x, float y) => this with { CenterX = CenterX + x, CenterY = CenterY + y };

    /// <summary>From pixels of a size × size crop to the frame.</summary>
    public AffineMap CropToFrame(int size) => AffineMap.FromRotatedSquare(CenterX, CenterY, Side, Radians, size);
}
