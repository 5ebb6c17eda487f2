using System.Numerics;
using AuStream.Synthesis.Pictures;

namespace AuStream.Synthesis.Cameras;

/// <summary>The exposure that a camera would choose for a face.</summary>
public static class ExposureMeter
{
    /// <summary>
    /// Factor on linear light. Light skin comes out lighter than dark skin, but less so than in the world: cameras and people
    /// who light scenes make up for a part of the difference.
    /// </summary>
    /// <param name="picture">Rendered person, colours multiplied by coverage.</param>
    /// <param name="points">The 68 points in pixels.</param>
    /// <param name="reflectance">Mean reflectance of the skin, 0–1.</param>
    public static float Measure(LinearImage picture, ReadOnlySpan<Vector2> points, float reflectance)
    {
        ArgumentNullException.ThrowIfNull(picture);
        double sum = 0;
        int count = 0;
        for (int i = 17; i < points.Length; i++)
        {
            // Points of brows, nose, eyes and lips, and the places half way to the nose's bridge.
            foreach (Vector2 at in (ReadOnlySpan<Vector2>)[points[i], (points[i] + points[29]) / 2])
            {
                int x = (int)at.X;
                int y = (int)at.Y;
                if ((uint)x < (uint)picture.Width && (uint)y < (uint)picture.Height && picture.Pixels[(y * picture.Width) + x].W > 0.9f)
                {
                    Vector3 light = picture.Pixels[(y * picture.Width) + x].AsVector3();
                    sum += Math.Min(4, Vector3.Dot(light, new Vector3(0.2126f, 0.7152f, 0.0722f)));
                    count++;
                }
            }
        }

        float mean = count > 0 ? (float)(sum / count) : 0.2f;
        float wanted = 0.24f * MathF.Pow(Math.Clamp(reflectance, 0.02f, 1) / 0.35f, 0.5f);
        return Math.Clamp(wanted / Math.Max(mean, 1e-3f), 0.05f, 40);
    }
}
