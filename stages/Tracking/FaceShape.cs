using System.Runtime.CompilerServices;
using AuStream.Stages.Faces;

namespace AuStream.Stages.Tracking;

/// <summary>Eleven landmarks that outline a face, relative to its centre: enough to tell whether two meshes fit one head in one pose.</summary>
[InlineArray(2 * 11)]
internal struct FaceShape
{
    private static ReadOnlySpan<int> Indices => [33, 133, 362, 263, 1, 61, 291, 10, 152, 234, 454];

    private float _first;

    public static FaceShape Of(ReadOnlySpan<float> landmarks, in PixelBox bounds)
    {
        FaceShape shape = default;
        for (int i = 0; i < Indices.Length; i++)
        {
            shape[2 * i] = landmarks[3 * Indices[i]] - bounds.CenterX;
            shape[(2 * i) + 1] = landmarks[(3 * Indices[i]) + 1] - bounds.CenterY;
        }

        return shape;
    }

    /// <summary>Mean distance of corresponding points in pixels.</summary>
    public static float Distance(in FaceShape a, in FaceShape b)
    {
        float total = 0;
        for (int i = 0; i < Indices.Length; i++)
        {
            float x = a[2 * i] - b[2 * i];
            float y = a[(2 * i) + 1] - b[(2 * i) + 1];
            total += MathF.Sqrt((x * x) + (y * y));
        }

        return total / Indices.Length;
    }
}
