using System.Numerics;
using System.Runtime.CompilerServices;

namespace AuStream.Synthesis.Shading;

/// <summary>
/// Blends from the front to the back: light added so far and the share of light from behind that still passes, per sample.
/// Samples that nothing passes any more need no further work.
/// </summary>
internal sealed class TransmittanceBuffer
{
    /// <summary>Below this sum over the three colours nothing passes: 2 % each.</summary>
    public const float Full = 0.06f;

    /// <summary>What passes where no layer lies.</summary>
    public const float Clear = 3;

    // Only valid where something passes less than fully: emptying the buffer leaves them as they are.
    private Layers[] _layers = [];
    private float[] _remaining = [];

    /// <summary>What passes, summed over the colours, per sample.</summary>
    public float[] Remaining => _remaining;

    public void Reset(int count)
    {
        if (_layers.Length < count)
        {
            _layers = new Layers[count];
            _remaining = new float[count];
        }

        _remaining.AsSpan(0, count).Fill(Clear);
    }

    /// <summary>Puts a layer behind what is there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int sample, Vector4 light, Vector4 transmitted)
    {
        ref Layers here = ref _layers[sample];
        ref float remaining = ref _remaining[sample];
        if (remaining >= Clear)
        {
            here.Added = light;
            here.Passing = transmitted;
        }
        else
        {
            here.Added += here.Passing * light;
            here.Passing *= transmitted;
            transmitted = here.Passing;
        }

        remaining = transmitted.X + transmitted.Y + transmitted.Z;
    }

    /// <summary>The layers of a sample over what lies behind them; W is coverage.</summary>
    public Vector4 Over(int sample, Vector4 behind)
    {
        float remaining = _remaining[sample];
        if (remaining >= Clear)
        {
            return behind;
        }

        ref readonly Layers here = ref _layers[sample];
        float opacity = 1 - (remaining * (1 / 3f));
        float coverage = behind.W + ((1 - behind.W) * opacity);
        behind = (behind * here.Passing) + here.Added;
        behind.W = coverage;
        return behind;
    }

    private struct Layers
    {
        public Vector4 Added;

        public Vector4 Passing;
    }
}
