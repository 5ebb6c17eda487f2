using System.Globalization;
using AuStream.Models.Evaluating;

namespace AuStream.Pipeline.Evaluating.Reporting;

/// <summary>How numbers are written for people: the same everywhere.</summary>
internal static class Figures
{
    /// <summary>Three decimals; a dash for what is not defined.</summary>
    public static string Of(double value) => double.IsNaN(value) ? "-" : value.ToString("F3", CultureInfo.InvariantCulture);

    /// <summary>A share in per cent, one decimal.</summary>
    public static string Percent(double value) => double.IsNaN(value) ? "-" : (100 * value).ToString("F1", CultureInfo.InvariantCulture) + " %";

    /// <summary>A value with its interval: <c>0.531 (0.50-0.56)</c>.</summary>
    public static string Of(double value, ConfidenceInterval? interval) => interval is { } range && !double.IsNaN(range.Low) && !double.IsNaN(value)
        ? string.Create(CultureInfo.InvariantCulture, $"{value:F3} ({range.Low:F2}-{range.High:F2})")
        : Of(value);

    /// <summary>A whole number.</summary>
    public static string Count(long value) => value.ToString(CultureInfo.InvariantCulture);
}
