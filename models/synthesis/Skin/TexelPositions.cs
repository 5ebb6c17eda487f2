using System.Numerics;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.Skin;

/// <summary>Where on the head each texel of a skin texture lies, at a fraction of its resolution. Immutable, thread-safe.</summary>
internal sealed class TexelPositions
{
    private const int Side = 256;

    private readonly Vector3[] _positions = new Vector3[Side * Side];
    private readonly bool[] _known = new bool[Side * Side];

    public TexelPositions(ScenePart skin)
    {
        int[] triangles = skin.Triangles;
        for (int t = 0; t + 2 < triangles.Length; t += 3)
        {
            Draw(skin, t);
        }

        Spread();
    }

    /// <summary>Head space position of a texel in a texture of some size; false where no skin is mapped.</summary>
    public bool TryGet(int x, int y, int size, out Vector3 position)
    {
        int at = (y * Side / size * Side) + (x * Side / size);
        position = _positions[at];
        return _known[at];
    }

    private void Draw(ScenePart skin, int first)
    {
        Vector2 a = Texel(skin.TextureCoordinates[first]);
        Vector2 b = Texel(skin.TextureCoordinates[first + 1]);
        Vector2 c = Texel(skin.TextureCoordinates[first + 2]);
        Vector2 ab = b - a;
        Vector2 ac = c - a;
        float area = (ab.X * ac.Y) - (ab.Y * ac.X);
        if (MathF.Abs(area) < 1e-7f)
        {
            return;
        }

        TexelRegion region = TexelRegion.Covering(Vector2.Min(a, Vector2.Min(b, c)) - new Vector2(0.5f), Vector2.Max(a, Vector2.Max(b, c)) + new Vector2(0.5f), Side);
        Vector3 pa = skin.Positions[skin.Triangles[first]];
        Vector3 pb = skin.Positions[skin.Triangles[first + 1]];
        Vector3 pc = skin.Positions[skin.Triangles[first + 2]];
        for (int y = region.Top; y < region.Top + region.Height; y++)
        {
            for (int x = region.Left; x < region.Left + region.Width; x++)
            {
                Vector2 p = new Vector2(x + 0.5f, y + 0.5f) - a;
                float wb = ((p.X * ac.Y) - (p.Y * ac.X)) / area;
                float wc = ((ab.X * p.Y) - (ab.Y * p.X)) / area;
                if (wb >= -0.001f && wc >= -0.001f && wb + wc <= 1.001f)
                {
                    _positions[(y * Side) + x] = (pa * (1 - wb - wc)) + (pb * wb) + (pc * wc);
                    _known[(y * Side) + x] = true;
                }
            }
        }
    }

    // Texels just outside the mapped area are read by filters too.
    private void Spread()
    {
        for (int pass = 0; pass < 3; pass++)
        {
            bool[] before = [.. _known];
            for (int y = 0; y < Side; y++)
            {
                for (int x = 0; x < Side; x++)
                {
                    int at = (y * Side) + x;
                    if (before[at])
                    {
                        continue;
                    }

                    int neighbour = x > 0 && before[at - 1] ? at - 1
                        : x < Side - 1 && before[at + 1] ? at + 1
                        : y > 0 && before[at - Side] ? at - Side
                        : y < Side - 1 && before[at + Side] ? at + Side : -1;
                    if (neighbour >= 0)
                    {
                        _positions[at] = _positions[neighbour];
                        _known[at] = true;
                    }
                }
            }
        }
    }

    private static Vector2 Texel(Vector2 coordinate) => new(coordinate.X * Side, (1 - coordinate.Y) * Side);
}
