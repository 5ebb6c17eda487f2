using System.Numerics;

namespace AuStream.Synthesis.Headwear;

/// <summary>A sheet of cloth over a head, as rings from a hem to a pole. Head space.</summary>
internal sealed class ClothShell
{
    /// <summary>Corners around.</summary>
    public const int Around = 72;

    private readonly List<Vector3> _positions = [];

    /// <summary>Number of rings.</summary>
    public int Rings => _positions.Count / Around;

    /// <summary>The corners, ring after ring.</summary>
    public Vector3[] Positions => [.. _positions];

    /// <summary>Lays rings over a head.</summary>
    /// <param name="hull">The head.</param>
    /// <param name="axis">Unit vector out of the opening, from the head's middle.</param>
    /// <param name="up">Where the angle around the opening begins; not along the axis.</param>
    /// <param name="hem">A point of the opening's border by angle (0 at the top, growing to the person's left), head space.</param>
    /// <param name="rings">Number of rings, the hem not counted.</param>
    /// <param name="end">Angle from the axis at which the last ring lies, radians.</param>
    /// <param name="radius">Distance from the middle by angle around, way from hem (0) to end (1), direction, and the hull's own distance.</param>
    public static ClothShell Over(
        HeadHull hull, Vector3 axis, Vector3 up, Func<float, Vector3> hem, int rings, float end, Func<float, float, Vector3, float, float> radius)
    {
        var shell = new ClothShell();
        up = Vector3.Normalize(up - (axis * Vector3.Dot(up, axis)));
        Vector3 left = Vector3.Cross(up, axis);
        var starts = new (float Around, float From)[Around];
        for (int i = 0; i < Around; i++)
        {
            Vector3 direction = Vector3.Normalize(hem(MathF.Tau * i / Around) - hull.Center);
            starts[i] = (MathF.Atan2(Vector3.Dot(direction, left), Vector3.Dot(direction, up)), MathF.Acos(Math.Clamp(Vector3.Dot(direction, axis), -1, 1)));
        }

        // A ring below the hem, so that cloth is seen to be thick.
        for (int ring = -1; ring <= rings; ring++)
        {
            float way = MathF.Max(0, (float)ring / rings);
            for (int i = 0; i < Around; i++)
            {
                (float around, float from) = starts[i];
                (float sin, float cos) = MathF.SinCos(from + ((end - from) * way));
                (float sinAround, float cosAround) = MathF.SinCos(around);
                Vector3 direction = (axis * cos) + (((up * cosAround) + (left * sinAround)) * sin);
                float distance = radius(MathF.Tau * i / Around, way, direction, hull.Radius(direction));
                shell._positions.Add(hull.Center + (direction * (ring < 0 ? distance - 0.8f : distance)));
            }
        }

        return shell;
    }

    /// <summary>Triangles with texture coordinates that repeat the cloth's pattern.</summary>
    /// <param name="repeats">Repeats around, and from hem to end.</param>
    public (int[] Triangles, Vector2[] TextureCoordinates) Weave(Vector2 repeats)
    {
        var triangles = new List<int>();
        var coordinates = new List<Vector2>();
        for (int ring = 0; ring + 1 < Rings; ring++)
        {
            for (int i = 0; i < Around; i++)
            {
                int a = (ring * Around) + i;
                int b = (ring * Around) + ((i + 1) % Around);
                triangles.AddRange([a, b, b + Around, a, b + Around, a + Around]);
                Vector2 At(int column, int row) => new(repeats.X * column / Around, repeats.Y * row / Rings);
                coordinates.AddRange([At(i, ring), At(i + 1, ring), At(i + 1, ring + 1), At(i, ring), At(i + 1, ring + 1), At(i, ring + 1)]);
            }
        }

        return ([.. triangles], [.. coordinates]);
    }
}
