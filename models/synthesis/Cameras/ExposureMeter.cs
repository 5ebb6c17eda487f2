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
        // Many places of the face; the darkest (hair, brows, nostrils) and the brightest (highlights, eyes) are left out.
        Span<float> light = stackalloc float[3 * 51];
        int count = 0;
        for (int i = 17; i < 68; i++)
        {
            for (int step = 0; step < 3; step++)
            {
                Vector2 at = Vector2.Lerp(points[i], points[29], step * 0.33f);
                int x = (int)at.X;
                int y = (int)at.Y;
                if ((uint)x < (uint)picture.Width && (uint)y < (uint)picture.Height && picture.Pixels[(y * picture.Width) + x].W > 0.9f)
                {
                    Vector3 color = picture.Pixels[(y * picture.Width) + x].AsVector3();
                    light[count++] = Vector3.Dot(color, new Vector3(0.2126f, 0.7152f, 0.0722f));
                }
            }
        }

        light = light[..count];
        light.Sort();
        float sum = 0;
        int first = count * 4 / 10;
        int last = count * 85 / 100;
        foreach (float value in light[first..last])
        {
            sum += value;
        }

        // Where hair hides the face the light on it is not known; skin is rarely lit by less than this.
        float mean = Math.Max(last > first ? sum / (last - first) : 0.2f, 0.3f * reflectance);
        float wanted = 0.27f * MathF.Pow(Math.Clamp(reflectance, 0.02f, 1) / 0.35f, 0.5f);
        return Math.Clamp(wanted / Math.Max(mean, 1e-3f), 0.05f, 40);
    }
}
