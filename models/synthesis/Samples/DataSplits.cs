namespace AuStream.Synthesis.Samples;

/// <summary>Decides by a hash of the identity, so that a person stays in one split however many people are made; the training code uses the same hash.</summary>
public static class DataSplits
{
    /// <summary>The split of a person.</summary>
    public static DataSplit Of(long identity)
    {
        ulong mixed = unchecked((ulong)(identity + 1) * 0x9E3779B97F4A7C15UL);
        mixed ^= mixed >> 29;
        mixed = unchecked(mixed * 0xBF58476D1CE4E5B9UL);
        mixed ^= mixed >> 32;
        return (mixed % 20) switch
        {
            18 => DataSplit.Validation,
            19 => DataSplit.Test,
            _ => DataSplit.Train,
        };
    }
}
