using System.Numerics;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.Occluding;

/// <summary>Meshes of simple bodies, in any space. All are closed, with triangles counter-clockwise from outside.</summary>
internal sealed class PrimitiveMesh
{
    private readonly List<Vector3> _positions = [];
    private readonly List<int> _triangles = [];

    /// <summary>A round body that runs from one point to another: a finger, a stick. Equal points make a ball.</summary>
    public PrimitiveMesh AddCapsule(Vector3 from, Vector3 to, float fromRadius, float toRadius)
    {
        const int Around = 14;
        const int Cap = 5;
        Vector3 axis = to - from;
        Vector3 z = axis.LengthSquared() > 1e-8f ? Vector3.Normalize(axis) : Vector3.UnitY;
        Vector3 x = Vector3.Normalize(Vector3.Cross(MathF.Abs(z.Y) < 0.9f ? Vector3.UnitY : Vector3.UnitX, z));
        Vector3 y = Vector3.Cross(z, x);
        int first = _positions.Count;
        int rings = (2 * Cap) + 2;
        for (int ring = 0; ring < rings; ring++)
        {
            bool isLower = ring <= Cap;
            float latitude = isLower ? -MathF.PI / 2 * (1 - ((float)ring / (Cap + 0.5f))) : MathF.PI / 2 * ((ring - Cap - 0.5f) / (Cap + 0.5f));
            Vector3 center = isLower ? from : to;
            float radius = isLower ? fromRadius : toRadius;
            for (int i = 0; i < Around; i++)
            {
                float angle = MathF.Tau * i / Around;
                Vector3 outwards = (((x * MathF.Cos(angle)) + (y * MathF.Sin(angle))) * MathF.Cos(latitude)) + (z * MathF.Sin(latitude));
                _positions.Add(center + (outwards * radius));
            }
        }

        for (int ring = 0; ring + 1 < rings; ring++)
        {
            for (int i = 0; i < Around; i++)
            {
                int a = first + (ring * Around) + i;
                int b = first + (ring * Around) + ((i + 1) % Around);
                AddQuad(a, b, b + Around, a + Around);
            }
        }

        return this;
    }

    /// <summary>A stretched ball.</summary>
    /// <param name="center">Its middle.</param>
    /// <param name="x">Half its width, as a vector.</param>
    /// <param name="y">Half its height, as a vector.</param>
    /// <param name="z">Half its depth, as a vector; either handedness will do.</param>
    public PrimitiveMesh AddEllipsoid(Vector3 center, Vector3 x, Vector3 y, Vector3 z)
    {
        int first = _positions.Count;
        int firstTriangle = _triangles.Count;
        AddCapsule(Vector3.Zero, Vector3.Zero, 1, 1);
        for (int i = first; i < _positions.Count; i++)
        {
            Vector3 p = _positions[i];
            _positions[i] = center + (x * p.X) + (y * p.Y) + (z * p.Z);
        }

        if (Vector3.Dot(Vector3.Cross(x, y), z) < 0)
        {
            for (int t = firstTriangle; t < _triangles.Count; t += 3)
            {
                (_triangles[t + 1], _triangles[t + 2]) = (_triangles[t + 2], _triangles[t + 1]);
            }
        }

        return this;
    }

    /// <summary>A tapering cylinder, closed at the foot and hollow at the rim.</summary>
    public PrimitiveMesh AddCup(Vector3 foot, Vector3 rim, float footRadius, float rimRadius)
    {
        const int Around = 24;
        Vector3 z = Vector3.Normalize(rim - foot);
        Vector3 x = Vector3.Normalize(Vector3.Cross(MathF.Abs(z.Y) < 0.9f ? Vector3.UnitY : Vector3.UnitX, z));
        Vector3 y = Vector3.Cross(z, x);
        Vector3 floor = foot + (z * 0.6f);
        ReadOnlySpan<(Vector3 Center, float Radius)> rings =
            [(foot, 0.01f), (foot, footRadius), (rim, rimRadius), (rim, rimRadius - 0.3f), (floor, footRadius - 0.3f), (floor, 0.01f)];
        int first = _positions.Count;
        foreach ((Vector3 center, float radius) in rings)
        {
            for (int i = 0; i < Around; i++)
            {
                (float sin, float cos) = MathF.SinCos(MathF.Tau * i / Around);
                _positions.Add(center + (((x * cos) + (y * sin)) * radius));
            }
        }

        for (int ring = 0; ring + 1 < rings.Length; ring++)
        {
            for (int i = 0; i < Around; i++)
            {
                int a = first + (ring * Around) + i;
                int b = first + (ring * Around) + ((i + 1) % Around);
                AddQuad(a, b, b + Around, a + Around);
            }
        }

        return this;
    }

    /// <summary>A box.</summary>
    /// <param name="center">Its middle.</param>
    /// <param name="right">Half its width, as a vector.</param>
    /// <param name="up">Half its height, as a vector.</param>
    /// <param name="forward">Half its depth, as a vector; right, up and forward make a right-handed frame.</param>
    public PrimitiveMesh AddBox(Vector3 center, Vector3 right, Vector3 up, Vector3 forward)
    {
        // Sides have their own corners, so that edges stay sharp.
        AddSide(center + forward, right, up);
        AddSide(center - forward, -right, up);
        AddSide(center + right, -forward, up);
        AddSide(center - right, forward, up);
        AddSide(center + up, right, -forward);
        AddSide(center - up, right, forward);
        return this;
    }

    /// <summary>The part.</summary>
    public ScenePart ToPart(Material material) => ToPart(material, point => point);

    /// <summary>The part, carried to another space by a rotation and a shift.</summary>
    public ScenePart ToPart(Material material, Converter<Vector3, Vector3> move) => new()
    {
        Positions = [.. _positions.ConvertAll(move)],
        Triangles = [.. _triangles],
        TextureCoordinates = new Vector2[_triangles.Count],
        Material = material,
    };

    private void AddSide(Vector3 center, Vector3 right, Vector3 up)
    {
        int first = _positions.Count;
        _positions.AddRange([center - right - up, center + right - up, center + right + up, center - right + up]);
        AddQuad(first, first + 1, first + 2, first + 3);
    }

    private void AddQuad(int a, int b, int c, int d) => _triangles.AddRange([a, b, c, a, c, d]);
}
