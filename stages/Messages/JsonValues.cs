using System.Text.Json;

namespace AuStream.Stages.Messages;

/// <summary>Writes numbers and times the way all messages have them: plain decimal notation, rounded, no exponent, times in UTC with microseconds.</summary>
internal static class JsonValues
{
    private const double LargestFixed = 1e15;
    private static readonly double[] s_powers = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];

    /// <summary>A time in µs as seconds, exactly.</summary>
    internal static void WriteSeconds(this Utf8JsonWriter json, JsonEncodedText name, long microseconds) =>
        json.WriteNumber(name, Fixed(microseconds, 6));

    /// <summary>A number with at most the given decimals (0–6), rounded to even; 0 where it is not finite.</summary>
    internal static void WriteRounded(this Utf8JsonWriter json, JsonEncodedText name, double value, int decimals)
    {
        double scaled = Math.Round(value * s_powers[decimals]);
        json.WriteNumber(name, Math.Abs(scaled) < LargestFixed ? Fixed((long)scaled, decimals) : 0);
    }

    /// <summary>A point in time: <c>2026-11-20T09:30:00.123456Z</c>.</summary>
    internal static void WriteTime(this Utf8JsonWriter json, JsonEncodedText name, DateTimeOffset time)
    {
        Span<byte> text = stackalloc byte[27];
        time.UtcDateTime.TryFormat(text, out int written, "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", System.Globalization.CultureInfo.InvariantCulture);
        json.WriteString(name, text[..written]);
    }

    /// <summary>scaled · 10^−decimals without closing zeros.</summary>
    private static decimal Fixed(long scaled, int decimals)
    {
        while (decimals > 0 && scaled % 10 == 0)
        {
            scaled /= 10;
            decimals--;
        }

        ulong magnitude = (ulong)Math.Abs(scaled);
        return new decimal((int)(uint)magnitude, (int)(uint)(magnitude >> 32), 0, scaled < 0, (byte)decimals);
    }
}
