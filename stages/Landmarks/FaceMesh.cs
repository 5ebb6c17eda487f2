using AuStream.Stages.Faces;

namespace AuStream.Stages.Landmarks;

/// <summary>The landmark network's answer for one region. Mutable, so that it is recycled.</summary>
public sealed class FaceMesh
{
    /// <summary>468 × (x, y, z) in pixels of the frame; z in the same scale, negative towards the camera.</summary>
    public float[] Points { get; } = new float[FaceObservation.LandmarkCount * 3];

    /// <summary>Floats of one iris: 5 × (x, y).</summary>
    public const int IrisLength = 10;

    /// <summary>Irises, that on the image's left first, each 5 × (x, y) in pixels: centre, right, top, left, bottom edge.</summary>
    public float[] Irises { get; } = new float[2 * IrisLength];

    /// <summary>True when <see cref="Irises"/> were measured: <see cref="LandmarkNetwork.AttentionMesh"/> does.</summary>
    public bool HasIrises { get; set; }

    /// <summary>The 66 points that <see cref="LandmarkNetwork.LandmarkCnn"/> finds itself, 66 × (x, y) in pixels: the common 68-point scheme without its points 60 and 64.</summary>
    public float[] SchemePoints { get; } = new float[2 * SchemePointCount];

    /// <summary>Points of the 66-point scheme.</summary>
    public const int SchemePointCount = 66;

    /// <summary>True when <see cref="SchemePoints"/> were measured: <see cref="LandmarkNetwork.LandmarkCnn"/> does.</summary>
    public bool HasSchemePoints { get; set; }

    /// <summary>The network's confidence that the region shows a face, 0–1.</summary>
    public float Confidence { get; set; }

    /// <summary>Tight upright box around the points.</summary>
    public PixelBox Bounds()
    {
        (float left, float top, float right, float bottom) = (float.MaxValue, float.MaxValue, float.MinValue, float.MinValue);
        for (int i = 0; i < Points.Length; i += 3)
        {
            left = Math.Min(left, Points[i]);
            right = Math.Max(right, Points[i]);
            top = Math.Min(top, Points[i + 1]);
            bottom = Math.Max(bottom, Points[i + 1]);
        }

        return new PixelBox(left, top, right - left, bottom - top);
    }

    /// <summary>Distance in pixels between the middles of the two eyes' corners (33, 133 and 362, 263).</summary>
    public float InterOcularDistance()
    {
        float x = (Points[33 * 3] + Points[133 * 3] - Points[362 * 3] - Points[263 * 3]) / 2;
        float y = (Points[(33 * 3) + 1] + Points[(133 * 3) + 1] - Points[(362 * 3) + 1] - Points[(263 * 3) + 1]) / 2;
        return MathF.Sqrt((x * x) + (y * y));
    }
}
