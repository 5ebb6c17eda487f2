using System.Numerics;
using System.Runtime.InteropServices;

namespace AuStream.Synthesis.Heads;

/// <summary>
/// Displacement of some vertices of a mesh, stored as runs of neighbouring vertices so that adding it is a handful of
/// vectorised loops. Immutable.
/// </summary>
public sealed class MorphShape
{
    /// <summary>Runs separated by fewer untouched vertices than this are joined.</summary>
    private const int JoinGap = 6;

    private readonly (int FirstFloat, int Offset, int Length)[] _runs;
    private readonly float[] _deltas;

    private MorphShape((int FirstFloat, int Offset, int Length)[] runs, float[] deltas)
    {
        _runs = runs;
        _deltas = deltas;
    }

    /// <summary>A shape that moves nothing.</summary>
    public static MorphShape Empty { get; } = new([], []);

    /// <summary>True when it moves nothing.</summary>
    public bool IsEmpty => _runs.Length == 0;

    /// <summary>Keeps the vertices that move by more than a threshold (mesh units).</summary>
    public static MorphShape FromDense(ReadOnlySpan<Vector3> deltas, float threshold)
    {
        var runs = new List<(int, int, int)>();
        var kept = new List<float>();
        float limit = threshold * threshold;
        int i = 0;
        while (i < deltas.Length)
        {
            if (deltas[i].LengthSquared() <= limit)
            {
                i++;
                continue;
            }

            int last = i;
            for (int k = i + 1; k < deltas.Length && k <= last + JoinGap; k++)
            {
                if (deltas[k].LengthSquared() > limit)
                {
                    last = k;
                }
            }

            runs.Add((i * 3, kept.Count, (last - i + 1) * 3));
            kept.AddRange(MemoryMarshal.Cast<Vector3, float>(deltas[i..(last + 1)]));
            i = last + 1;
        }

        return new MorphShape([.. runs], [.. kept]);
    }

    /// <summary>
    /// positions += weight · displacement. Multiplies and adds separately (no fused operation), so that the result does not
    /// depend on the processor.
    /// </summary>
    public void AddTo(Span<Vector3> positions, float weight)
    {
        Span<float> target = MemoryMarshal.Cast<Vector3, float>(positions);
        var factor = new Vector<float>(weight);
        foreach ((int first, int offset, int length) in _runs)
        {
            Span<float> run = target.Slice(first, length);
            ReadOnlySpan<float> delta = _deltas.AsSpan(offset, length);
            int i = 0;
            for (; i <= length - Vector<float>.Count; i += Vector<float>.Count)
            {
                Vector<float> moved = new Vector<float>(run[i..]) + (new Vector<float>(delta[i..]) * factor);
                moved.CopyTo(run[i..]);
            }

            for (; i < length; i++)
            {
                run[i] += delta[i] * weight;
            }
        }
    }

    /// <summary>Displacement of one vertex.</summary>
    public Vector3 At(int vertex)
    {
        foreach ((int first, int offset, int length) in _runs)
        {
            int at = (vertex * 3) - first;
            if (at >= 0 && at < length)
            {
                return new Vector3(_deltas[offset + at], _deltas[offset + at + 1], _deltas[offset + at + 2]);
            }
        }

        return Vector3.Zero;
    }

    /// <summary>Displacement of every vertex.</summary>
    public Vector3[] ToDense(int vertexCount)
    {
        var dense = new Vector3[vertexCount];
        AddTo(dense, 1);
        return dense;
    }
}
