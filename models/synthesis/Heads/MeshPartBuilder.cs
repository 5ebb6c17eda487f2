using System.Numerics;

namespace AuStream.Synthesis.Heads;

/// <summary>Collects triangles of a larger mesh into a compact <see cref="MeshPart"/>.</summary>
internal sealed class MeshPartBuilder
{
    private readonly Dictionary<int, int> _local = [];
    private readonly List<int> _vertices = [];
    private readonly List<int> _triangles = [];
    private readonly List<Vector2> _coordinates = [];

    /// <summary>Adds a triangle by its mesh vertices and corner texture coordinates.</summary>
    public void Add(int a, int b, int c, Vector2 ta, Vector2 tb, Vector2 tc)
    {
        _triangles.Add(Local(a));
        _triangles.Add(Local(b));
        _triangles.Add(Local(c));
        _coordinates.Add(ta);
        _coordinates.Add(tb);
        _coordinates.Add(tc);
    }

    /// <summary>Finishes; openness is asked for each mesh vertex where given.</summary>
    public MeshPart Build(Func<int, float>? openness = null) =>
        new([.. _vertices], [.. _triangles], [.. _coordinates], openness is null ? null : [.. _vertices.Select(openness)]);

    private int Local(int vertex)
    {
        if (!_local.TryGetValue(vertex, out int local))
        {
            local = _vertices.Count;
            _local.Add(vertex, local);
            _vertices.Add(vertex);
        }

        return local;
    }
}
