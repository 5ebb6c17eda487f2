using AuStream.Synthesis.Randomness;

namespace AuStream.Synthesis.Headwear;

/// <summary>Folds of cloth: waves that run aslant, some long, some short. Immutable.</summary>
internal sealed class Folds
{
    private readonly (int Around, float Along, float Phase, float Height)[] _waves;

    public Folds(RandomStream random, float height)
    {
        _waves = new (int, float, float, float)[6];
        for (int i = 0; i < _waves.Length; i++)
        {
            int around = 1 + random.Below(4) + (2 * (i / 2));
            _waves[i] = (random.Chance(0.5f) ? around : -around, random.Uniform(3, 9 + (5 * i)), random.Uniform(0, 6.28f), height * random.Uniform(0.4f, 1) / (1 + (0.5f * i)));
        }
    }

    /// <summary>Height of the cloth in centimetres.</summary>
    /// <param name="around">Radians.</param>
    /// <param name="way">From hem (0) to end (1).</param>
    public float At(float around, float way)
    {
        float sum = 0;
        foreach ((int turns, float along, float phase, float height) in _waves)
        {
            // Ridges are sharper than valleys.
            float wave = MathF.Sin((around * turns) + (along * way) + phase);
            sum += height * (1 - (2 * MathF.Abs(wave)));
        }

        return sum;
    }
}
