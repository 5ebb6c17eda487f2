namespace AuStream.Stages.Messages.Binary;

/// <summary>Numbers and times as the binary messages have them: rounded like those of the JSON messages.</summary>
internal static class ProtobufValues
{
    private static readonly double[] s_powers = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];

    /// <summary>A number with at most the given decimals (0–6), rounded to even; 0 where it is not finite.</summary>
    internal static double Rounded(double value, int decimals) =>
        double.IsFinite(value) ? Math.Round(value * s_powers[decimals]) / s_powers[decimals] : 0;

    /// <inheritdoc cref="Rounded"/>
    internal static float RoundedSingle(float value, int decimals) => (float)Rounded(value, decimals);

    /// <summary>µs since 1970.</summary>
    internal static long Microseconds(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;
}
