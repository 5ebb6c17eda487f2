using System.Numerics;

namespace AuStream.Synthesis.Cameras;

/// <summary>A perspective camera at the origin that looks along −z; x to the right, y up, centimetres.</summary>
/// <param name="Width">Columns of the picture.</param>
/// <param name="Height">Rows of the picture.</param>
/// <param name="FocalLength">Focal length in pixels.</param>
/// <param name="CenterX">Column of the optical axis in pixels, 0 at the left border.</param>
/// <param name="CenterY">Row of the optical axis in pixels, 0 at the top border.</param>
public sealed record PinholeCamera(int Width, int Height, float FocalLength, float CenterX, float CenterY)
{
    /// <summary>Nearest depth that is drawn, in centimetres.</summary>
    public const float NearPlane = 2;

    /// <summary>A point's position in pixels (x right, y down); undefined for points behind the camera.</summary>
    public Vector2 Project(Vector3 point)
    {
        float scale = FocalLength / Math.Max(-point.Z, 1e-3f);
        return new Vector2(CenterX + (point.X * scale), CenterY - (point.Y * scale));
    }

    /// <summary>The point at a depth (centimetres before the camera) that is seen at a position in pixels.</summary>
    public Vector3 Unproject(Vector2 pixel, float depth)
    {
        float scale = depth / FocalLength;
        return new Vector3((pixel.X - CenterX) * scale, (CenterY - pixel.Y) * scale, -depth);
    }
}
