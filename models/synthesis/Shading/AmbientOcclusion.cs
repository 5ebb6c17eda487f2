using System.Numerics;

namespace AuStream.Synthesis.Shading;

/// <summary>
/// Darkening of creases from the depth of neighbouring pixels (after Filion and McNaughton, "StarCraft II: Effects and
/// Techniques", SIGGRAPH 2008), blurred within surfaces. Buffers are reused; not thread-safe.
/// </summary>
internal sealed class AmbientOcclusion
{
    private const int Taps = 12;

    private static readonly Vector3[] Pattern = MakePattern();

    private float[] _raw = [];

    /// <summary>Openness per pixel, 0–1.</summary>
    public float[] Openness { get; private set; } = [];

    /// <summary>Computes openness for all pixels that show a surface.</summary>
    /// <param name="positions">Camera-space position per pixel; z = 0 where nothing is seen.</param>
    /// <param name="normals">Mesh normal per pixel.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="focalLength">Focal length in pixels.</param>
    /// <param name="strength">0–1.</param>
    public void Compute(Vector3[] positions, Vector3[] normals, int width, int height, float focalLength, float strength)
    {
        int count = width * height;
        if (Openness.Length < count)
        {
            Openness = new float[count];
            _raw = new float[count];
        }

        // Occlusion changes slowly: every other pixel of every other row is enough.
        for (int y = 0; y < height; y += 2)
        {
            for (int x = 0; x < width; x += 2)
            {
                int pixel = (y * width) + x;
                if (positions[pixel].Z >= 0)
                {
                    _raw[pixel] = 1;
                    continue;
                }

                _raw[pixel] = 1 - (strength * Occlusion(positions, normals, pixel, x, y, width, height, focalLength));
            }
        }

        Smooth(positions, width, height);
    }

    private static float Occlusion(Vector3[] positions, Vector3[] normals, int pixel, int x, int y, int width, int height, float focalLength)
    {
        Vector3 here = positions[pixel];
        Vector3 normal = normals[pixel];
        float pixelsPerCentimetre = focalLength / -here.Z;

        // Four rotations in a 2×2 tile; the blur mixes them.
        int rotation = (x & 2) + ((y >> 1) & 1);
        float sum = 0;
        for (int tap = 0; tap < Taps; tap++)
        {
            Vector3 offset = Pattern[(rotation * Taps) + tap];
            int tx = x + (int)MathF.Round(offset.X * pixelsPerCentimetre);
            int ty = y + (int)MathF.Round(offset.Y * pixelsPerCentimetre);
            if ((uint)tx >= (uint)width || (uint)ty >= (uint)height)
            {
                continue;
            }

            Vector3 there = positions[(ty * width) + tx];
            if (there.Z >= 0)
            {
                continue;
            }

            Vector3 towards = there - here;
            float distanceSquared = towards.LengthSquared() + 1e-4f;
            float rise = Vector3.Dot(towards, normal) / MathF.Sqrt(distanceSquared);
            float reach = offset.Z * 2;
            sum += Math.Max(0, rise - 0.12f) * Math.Max(0, 1 - (distanceSquared / (reach * reach)));
        }

        return Math.Min(0.95f, sum * (2.1f / Taps));
    }

    private void Smooth(Vector3[] positions, int width, int height)
    {
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int pixel = (y * width) + x;
                float depth = positions[pixel].Z;
                if (depth >= 0)
                {
                    Openness[pixel] = 1;
                    continue;
                }

                float sum = 0;
                float weight = 0;
                int top = Math.Max(0, y - 2) & ~1;
                int left = Math.Max(0, x - 2) & ~1;
                for (int ty = top; ty <= Math.Min(height - 1, y + 2); ty += 2)
                {
                    for (int tx = left; tx <= Math.Min(width - 1, x + 2); tx += 2)
                    {
                        int tap = (ty * width) + tx;
                        if (MathF.Abs(positions[tap].Z - depth) < 0.7f)
                        {
                            sum += _raw[tap];
                            weight++;
                        }
                    }
                }

                Openness[pixel] = weight > 0 ? sum / weight : 1;
            }
        }
    }

    // Offsets in centimetres on spirals; the third component is the radius.
    private static Vector3[] MakePattern()
    {
        var pattern = new Vector3[4 * Taps];
        for (int rotation = 0; rotation < 4; rotation++)
        {
            for (int tap = 0; tap < Taps; tap++)
            {
                float radius = 0.25f + (3.2f * MathF.Pow((tap + 0.5f) / Taps, 1.6f));
                float angle = (tap * 2.399963f) + (rotation * MathF.PI / 8);
                pattern[(rotation * Taps) + tap] = new Vector3(radius * MathF.Cos(angle), radius * MathF.Sin(angle), radius);
            }
        }

        return pattern;
    }
}
