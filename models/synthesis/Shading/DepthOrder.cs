namespace AuStream.Synthesis.Shading;

/// <summary>Sorts triangles by depth, nearest first: two passes over 16 bits, stable. Keeps buffers; not thread-safe.</summary>
internal sealed class DepthOrder
{
    private readonly int[] _starts = new int[257];
    private float[] _depths = [];
    private ushort[] _keys = [];
    private ushort[] _otherKeys = [];
    private int[] _ids = [];
    private int[] _otherIds = [];

    /// <summary>Number of triangles.</summary>
    public int Count { get; private set; }

    /// <summary>The triangles; in order after <see cref="Sort"/>.</summary>
    public ReadOnlySpan<int> Ids => _ids.AsSpan(0, Count);

    public void Clear() => Count = 0;

    public void Add(float depth, int id)
    {
        if (Count == _ids.Length)
        {
            int capacity = Math.Max(4096, 2 * Count);
            Array.Resize(ref _depths, capacity);
            Array.Resize(ref _ids, capacity);
            _keys = new ushort[capacity];
            _otherKeys = new ushort[capacity];
            _otherIds = new int[capacity];
        }

        _depths[Count] = depth;
        _ids[Count++] = id;
    }

    public void Sort()
    {
        float near = float.MaxValue;
        float far = float.MinValue;
        for (int i = 0; i < Count; i++)
        {
            near = MathF.Min(near, _depths[i]);
            far = MathF.Max(far, _depths[i]);
        }

        float scale = far > near ? ushort.MaxValue / (far - near) : 0;
        for (int i = 0; i < Count; i++)
        {
            _keys[i] = (ushort)((_depths[i] - near) * scale);
        }

        Pass(_keys, _ids, _otherKeys, _otherIds, shift: 0);
        Pass(_otherKeys, _otherIds, _keys, _ids, shift: 8);
    }

    private void Pass(ushort[] keys, int[] ids, ushort[] sortedKeys, int[] sortedIds, int shift)
    {
        Span<int> starts = _starts;
        starts.Clear();
        for (int i = 0; i < Count; i++)
        {
            starts[((keys[i] >> shift) & 0xFF) + 1]++;
        }

        for (int i = 1; i < starts.Length; i++)
        {
            starts[i] += starts[i - 1];
        }

        for (int i = 0; i < Count; i++)
        {
            int at = starts[(keys[i] >> shift) & 0xFF]++;
            sortedKeys[at] = keys[i];
            sortedIds[at] = ids[i];
        }
    }
}
