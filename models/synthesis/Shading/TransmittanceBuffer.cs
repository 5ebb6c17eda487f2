using System.Numerics;

namespace AuStream.Synthesis.Shading;

/// <summary>
/// Blends from the front to the back: light added so far and the share of light from behind that still passes, per sample.
/// Samples that nothing passes any more need no further work.
/// </summary>
internal sealed class TransmittanceBuffer
{
    private Vector4[] _added = [];
    private Vector4[] _passing = [];

    public int Stride { get; private set; }

    public void Reset(int width, int height)
    {
        Stride = width;
        int count = width * height;
        if (_added.Length < count)
        {
            _added = new Vector4[count];
            _passing = new Vector4[count];
        }

        _added.AsSpan(0, count).Clear();
        _passing.AsSpan(0, count).Fill(Vector4.One);
    }

    /// <summary>True when less than 2 % of the light from behind passes.</summary>
    public bool IsFull(int sample) => _passing[sample].X + _passing[sample].Y + _passing[sample].Z < 0.06f;

    /// <summary>Puts a layer behind what is there.</summary>
    public void Add(int sample, Vector3 light, Vector3 transmitted)
    {
        _added[sample] += _passing[sample] * new Vector4(light, 0);
        _passing[sample] *= new Vector4(transmitted, 1);
    }

    /// <summary>Puts the layers over the opaque picture.</summary>
    public void Resolve(Vector4[] samples, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Vector4 passing = _passing[i];
            if (passing == Vector4.One)
            {
                continue;
            }

            float opacity = 1 - ((passing.X + passing.Y + passing.Z) / 3);
            Vector4 behind = samples[i];
            Vector4 mixed = (behind * passing) + _added[i];
            mixed.W = behind.W + ((1 - behind.W) * opacity);
            samples[i] = mixed;
        }
    }
}
