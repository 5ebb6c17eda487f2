using AuStream.Synthesis.Randomness;

namespace AuStream.Synthesis.Skin;

/// <summary>Tiles of smooth random numbers with mean 0 and variance 1, made once; people read them with different offsets. Thread-safe.</summary>
internal sealed class NoiseTile
{
    private const int Size = 512;
    private const int Mask = Size - 1;

    private readonly float[] _values = new float[Size * Size];

    private NoiseTile(ulong seed, ReadOnlySpan<int> cells, float persistence)
    {
        var random = new RandomStream(seed);
        float amplitude = 1;
        foreach (int count in cells)
        {
            AddOctave(random, count, amplitude);
            amplitude *= persistence;
        }

        Normalise();
    }

    /// <summary>Blotches of some centimetres.</summary>
    public static NoiseTile Blotches { get; } = new(11, [8, 16, 32, 64], 0.8f);

    /// <summary>Mottling of some millimetres.</summary>
    public static NoiseTile Mottling { get; } = new(12, [64, 128], 0.9f);

    /// <summary>Pores: the finest grain.</summary>
    public static NoiseTile Pores { get; } = new(13, [128, 256, 512], 1.1f);

    /// <summary>Value at wrapping coordinates in texels of the tile.</summary>
    public float At(int x, int y) => _values[((y & Mask) * Size) + (x & Mask)];

    private void AddOctave(RandomStream random, int cells, float amplitude)
    {
        var lattice = new float[cells * cells];
        for (int i = 0; i < lattice.Length; i++)
        {
            lattice[i] = random.Normal() * amplitude;
        }

        float scale = (float)cells / Size;
        for (int y = 0; y < Size; y++)
        {
            int top = (int)(y * scale);
            float fy = Smooth((y * scale) - top);
            for (int x = 0; x < Size; x++)
            {
                int left = (int)(x * scale);
                float fx = Smooth((x * scale) - left);
                float upper = Lerp(lattice[(top % cells * cells) + (left % cells)], lattice[(top % cells * cells) + ((left + 1) % cells)], fx);
                float lower = Lerp(lattice[((top + 1) % cells * cells) + (left % cells)], lattice[((top + 1) % cells * cells) + ((left + 1) % cells)], fx);
                _values[(y * Size) + x] += Lerp(upper, lower, fy);
            }
        }
    }

    private void Normalise()
    {
        double sum = 0;
        double squares = 0;
        foreach (float value in _values)
        {
            sum += value;
            squares += (double)value * value;
        }

        double mean = sum / _values.Length;
        double deviation = Math.Sqrt((squares / _values.Length) - (mean * mean));
        for (int i = 0; i < _values.Length; i++)
        {
            _values[i] = (float)((_values[i] - mean) / deviation);
        }
    }

    private static float Smooth(float t) => t * t * (3 - (2 * t));

    private static float Lerp(float a, float b, float t) => a + ((b - a) * t);
}
