using System.Numerics;
using System.Runtime.Intrinsics;
using AuStream.Synthesis.Cameras;
using AuStream.Synthesis.Rasterising;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.Shading;

/// <summary>One part of the scene brought before the camera: vertices in camera space and on the grid of samples. Buffers are kept and reused.</summary>
internal sealed class SurfaceGeometry
{
    public ScenePart Part { get; private set; } = null!;

    public Material Material { get; private set; } = null!;

    public MipTexture? Albedo { get; private set; }

    public MipTexture? Relief { get; private set; }

    public int VertexCount { get; private set; }

    public Vector3[] Positions { get; private set; } = [];

    public Vector3[] Normals { get; private set; } = [];

    public ScreenVertex[] Screen { get; private set; } = [];

    /// <summary>
    /// What is interpolated over triangles, a vertex in one load: position and reciprocal depth (1/cm), normal and baked openness (1 where none is baked).
    /// </summary>
    public Vector256<float>[] Attributes { get; private set; } = [];

    /// <summary>Positions in samples, before snapping.</summary>
    public Vector2[] ScreenPositions { get; private set; } = [];

    /// <summary>Light per vertex, for parts that are lit per vertex.</summary>
    public Vector3[] VertexLight { get; private set; } = [];

    /// <summary>Which vertices have their light.</summary>
    public bool[] IsLit { get; private set; } = [];

    /// <summary>Mean of the vertices.</summary>
    public Vector3 Middle { get; private set; }

    public int TriangleCount => Part.Triangles.Length / 3;

    public void Prepare(in SceneItem item, PinholeCamera camera, int samplesPerPixelSide)
    {
        Part = item.Part;
        Material = item.Part.Material;
        Albedo = item.Albedo;
        Relief = item.Relief;
        VertexCount = Part.Positions.Length;
        if (Positions.Length < VertexCount)
        {
            int capacity = VertexCount + (VertexCount / 4);
            Positions = new Vector3[capacity];
            Normals = new Vector3[capacity];
            Attributes = new Vector256<float>[capacity];
            Screen = new ScreenVertex[capacity];
            ScreenPositions = new Vector2[capacity];
            VertexLight = new Vector3[capacity];
            IsLit = new bool[capacity];
        }

        Project(item.ToCamera, camera, samplesPerPixelSide);
        ComputeNormals();
    }

    /// <summary>Forgets the vertices' light.</summary>
    public void BeginLighting()
    {
        IsLit.AsSpan(0, VertexCount).Clear();
        Vector3 sum = Vector3.Zero;
        foreach (Vector3 position in Positions.AsSpan(0, VertexCount))
        {
            sum += position;
        }

        Middle = sum / Math.Max(1, VertexCount);
    }

    private void Project(Matrix4x4 toCamera, PinholeCamera camera, int samplesPerPixelSide)
    {
        ReadOnlySpan<Vector3> source = Part.Positions;
        float focal = camera.FocalLength * samplesPerPixelSide;
        float centerX = camera.CenterX * samplesPerPixelSide;
        float centerY = camera.CenterY * samplesPerPixelSide;

        // The inside of the mouth may poke through stretched lips by some millimetres; it always lies behind them.
        float pushedBack = Material.Kind == MaterialKind.Cavity ? 0.5f : 0;
        for (int i = 0; i < source.Length; i++)
        {
            Vector3 point = Vector3.Transform(source[i], toCamera);
            Positions[i] = point;
            float inverse = -point.Z > PinholeCamera.NearPlane ? -1 / point.Z : 0;
            float x = centerX + (point.X * inverse * focal);
            float y = centerY - (point.Y * inverse * focal);
            ScreenPositions[i] = new Vector2(x, y);
            Screen[i] = ScreenVertex.FromSamples(x, y, inverse / (1 + (pushedBack * inverse)));
        }
    }

    private void ComputeNormals()
    {
        Span<Vector3> normals = Normals.AsSpan(0, VertexCount);
        normals.Clear();
        ReadOnlySpan<int> triangles = Part.Triangles;
        for (int t = 0; t + 2 < triangles.Length; t += 3)
        {
            int a = triangles[t];
            int b = triangles[t + 1];
            int c = triangles[t + 2];
            Vector3 origin = Positions[a];
            Vector3 face = Vector3.Cross(Positions[b] - origin, Positions[c] - origin);
            normals[a] += face;
            normals[b] += face;
            normals[c] += face;
        }

        float[]? openness = Part.Openness;
        for (int i = 0; i < normals.Length; i++)
        {
            Vector3 normal = normals[i] / MathF.Sqrt(normals[i].LengthSquared() + 1e-20f);
            normals[i] = normal;
            Attributes[i] = Vector256.Create(
                new Vector4(Positions[i], Screen[i].InverseDepth).AsVector128(),
                new Vector4(normal, openness is null ? 1 : openness[i]).AsVector128());
        }
    }
}
