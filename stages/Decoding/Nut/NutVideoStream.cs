namespace AuStream.Stages.Decoding.Nut;

/// <summary>The one video stream of a NUT file.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="TimeBaseNumerator">PTS are in units of numerator ÷ denominator seconds.</param>
/// <param name="TimeBaseDenominator">See <paramref name="TimeBaseNumerator"/>.</param>
internal sealed record NutVideoStream(int Width, int Height, long TimeBaseNumerator, long TimeBaseDenominator)
{
    /// <summary>A difference of two PTS in microseconds, rounded to the nearest.</summary>
    public long ToMicroseconds(long ticks)
    {
        Int128 scaled = (Int128)ticks * TimeBaseNumerator * 1_000_000;
        Int128 half = (scaled < 0 ? -TimeBaseDenominator : TimeBaseDenominator) / 2;
        return (long)((scaled + half) / TimeBaseDenominator);
    }
}
