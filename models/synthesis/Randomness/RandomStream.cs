using System.Numerics;

namespace AuStream.Synthesis.Randomness;

/// <summary>
/// Splittable random numbers: xoshiro256** (Blackman and Vigna, 2018) seeded by SplitMix64. The same seed gives the same numbers
/// on every machine; <see cref="Split(ulong)"/> depends on the seed and the label only, never on how many numbers were drawn.
/// Not thread-safe: give every thread its own.
/// </summary>
public sealed class RandomStream
{
    private readonly ulong _seed;
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    /// <summary>Starts a stream.</summary>
    public RandomStream(ulong seed)
    {
        _seed = seed;
        ulong state = seed;
        _s0 = NextSplitMix(ref state);
        _s1 = NextSplitMix(ref state);
        _s2 = NextSplitMix(ref state);
        _s3 = NextSplitMix(ref state);
    }

    /// <summary>An independent stream for a purpose or sample number.</summary>
    public RandomStream Split(ulong label)
    {
        ulong state = _seed ^ BitOperations.RotateLeft(label * 0x9E3779B97F4A7C15UL, 31);
        ulong mixed = NextSplitMix(ref state);
        return new RandomStream(mixed ^ NextSplitMix(ref state) ^ label);
    }

    /// <summary>An independent stream for a named purpose.</summary>
    public RandomStream Split(string label)
    {
        ArgumentNullException.ThrowIfNull(label);
        ulong hash = 14695981039346656037UL;
        foreach (char c in label)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        return Split(hash);
    }

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        ulong result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        ulong t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>Uniform in [0, 1).</summary>
    public float NextUnit() => (NextBits() >> 40) * (1f / (1 << 24));

    /// <summary>Uniform in [low, high).</summary>
    public float Uniform(float low, float high) => low + ((high - low) * NextUnit());

    /// <summary>Uniform integer in [0, count).</summary>
    public int Below(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return (int)((NextBits() >> 32) * (ulong)count >> 32);
    }

    /// <summary>True with a probability.</summary>
    public bool Chance(float probability) => NextUnit() < probability;

    /// <summary>One of several, equally likely.</summary>
    public T Pick<T>(IReadOnlyList<T> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        return items[Below(items.Count)];
    }

    /// <summary>Index drawn with probabilities proportional to weights.</summary>
    public int PickIndex(ReadOnlySpan<float> weights)
    {
        float sum = 0;
        foreach (float w in weights)
        {
            sum += w;
        }

        float at = NextUnit() * sum;
        for (int i = 0; i < weights.Length; i++)
        {
            at -= weights[i];
            if (at < 0)
            {
                return i;
            }
        }

        return weights.Length - 1;
    }

    /// <summary>
    /// Normal distribution as the sum of twelve uniforms (Irwin–Hall): needs no logarithm, whose last bit differs between
    /// mathematics libraries; cut at six standard deviations.
    /// </summary>
    public float Normal(float mean = 0, float standardDeviation = 1)
    {
        float sum = -6;
        for (int i = 0; i < 12; i++)
        {
            sum += NextUnit();
        }

        return mean + (standardDeviation * sum);
    }

    private static ulong NextSplitMix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15UL;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
