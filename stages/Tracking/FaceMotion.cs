using AuStream.Stages.Faces;

namespace AuStream.Stages.Tracking;

/// <summary>Where a face was at some time, how fast it moved, and what it looked like.</summary>
internal struct FaceMotion
{
    /// <summary>Speeds are smoothed over about this long, so that a few wrong landmarks do not send the prediction away.</summary>
    private const float SpeedMemory = 0.2f;

    /// <summary>A face out of sight is thought to come to rest within about this long.</summary>
    private const float Damping = 0.5f;

    public long PtsMicroseconds;
    public PixelBox Box;
    public FaceShape Shape;
    public float SpeedX;
    public float SpeedY;

    /// <summary>Longer side of the box in pixels, at least 1.</summary>
    public readonly float Size => Math.Max(1, Math.Max(Box.Width, Box.Height));

    /// <summary>State at the first sight of a face.</summary>
    public static FaceMotion Start(ReadOnlySpan<float> landmarks, in PixelBox box, long pts) =>
        new() { PtsMicroseconds = pts, Box = box, Shape = FaceShape.Of(landmarks, box) };

    /// <summary>Way from the last place to the place expected at a time, in pixels.</summary>
    public readonly (float X, float Y) Shift(long pts)
    {
        float seconds = Math.Max(0, (pts - PtsMicroseconds) * 1e-6f);
        float effective = Damping * (1 - MathF.Exp(-seconds / Damping));
        return (SpeedX * effective, SpeedY * effective);
    }

    /// <summary>Box expected at a time.</summary>
    public readonly PixelBox Predict(long pts)
    {
        (float x, float y) = Shift(pts);
        return Box with { X = Box.X + x, Y = Box.Y + y };
    }

    /// <summary>Distance of a measured box from the expected one, in face sizes.</summary>
    public readonly float Surprise(in PixelBox measured, long pts)
    {
        PixelBox expected = Predict(pts);
        return Distance(expected, measured) / Size;
    }

    /// <summary>State after a new sight.</summary>
    public readonly FaceMotion Next(ReadOnlySpan<float> landmarks, in PixelBox box, long pts)
    {
        FaceMotion next = Start(landmarks, box, pts);
        float seconds = (pts - PtsMicroseconds) * 1e-6f;
        if (seconds > 0)
        {
            float share = 1 - MathF.Exp(-seconds / SpeedMemory);
            next.SpeedX = SpeedX + (share * (((box.CenterX - Box.CenterX) / seconds) - SpeedX));
            next.SpeedY = SpeedY + (share * (((box.CenterY - Box.CenterY) / seconds) - SpeedY));
        }
        else
        {
            next.SpeedX = SpeedX;
            next.SpeedY = SpeedY;
        }

        return next;
    }

    public static float Distance(in PixelBox a, in PixelBox b)
    {
        float x = a.CenterX - b.CenterX;
        float y = a.CenterY - b.CenterY;
        return MathF.Sqrt((x * x) + (y * y));
    }
}
