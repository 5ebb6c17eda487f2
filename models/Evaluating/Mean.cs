namespace AuStream.Models.Evaluating;

/// <summary>Arithmetic mean in double precision.</summary>
internal static class Mean
{
    /// <summary>NaN without values.</summary>
    public static double Of(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }
}
