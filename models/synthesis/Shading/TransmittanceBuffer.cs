using System.Numerics;

namespace AuStream.Synthesis.Shading;

/// <summary>
/// Blends from the front to the back: light added so far and the share of light from behind that still passes, per sample.
/// Samples that nothing passes any more need no further work.
/// </summary>
internal sealed class TransmittanceBuffer
{
    /// <summary>Below this sum over the three colours nothing passes: 2 % each.</summary>
    public const float Full = 0.06f;

    private Vector4[] _added = [];
    private Vector4[] _passing = [];
    private float[] _remaining = [];

    /// <summary>What passes, summed over the colours, per sample.</summary>
    public float[] Remaining => _remaining;

    public void Reset(int count)
    {
        if (_added.Length < count)
        {
            _added = new Vector4[count];
            _passing = new Vector4[count];
            _remaining = new float[count];
        }

        _added.AsSpan(0, count).Clear();
        _passing.AsSpan(0, count).Fill(Vector4.One);
        _remaining.AsSpan(0, count).Fill(3);
    }

    /// <summary>Puts a layer behind what is there.</summary>
    public void Add(int sample, Vector4 light, Vector4 transmitted)
    {
        Vector4 passing = _passing[sample];
        _added[sample] += passing * light;
        passing *= transmitted;
        _passing[sample] = passing;
        _remaining[sample] = passing.X + passing.Y + passing.Z;
    }

    /// <summary>Puts the layers over the opaque picture.</summary>
    /// <param name="samples">The picture, rows without padding.</param>
    /// <param name="width">Samples per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="stride">Samples from one row to the next in this buffer.</param>
    public void Resolve(Vector4[] samples, int width, int height, int stride)
    {
        for (int y = 0; y < height; y++)
        {
            int row = y * stride;
            for (int x = 0; x < width; x++)
            {
                if (_remaining[row + x] >= 3)
                {
                    continue;
                }

                Vector4 passing = _passing[row + x];
                float opacity = 1 - (_remaining[row + x] * (1 / 3f));
                ref Vector4 behind = ref samples[(y * width) + x];
                float coverage = behind.W + ((1 - behind.W) * opacity);
                behind = (behind * passing) + _added[row + x];
                behind.W = coverage;
            }
        }
    }
}
