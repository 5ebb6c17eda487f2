namespace AuStream.Synthesis.ActionUnits;

/// <summary>One movement of an action unit over time, the truth of a sequence. Times are in seconds from its start.</summary>
/// <param name="ActionUnit">FACS number.</param>
/// <param name="Onset">When it begins to rise.</param>
/// <param name="ApexStart">When it has reached its peak.</param>
/// <param name="ApexEnd">When it begins to fall.</param>
/// <param name="Offset">When it is gone.</param>
/// <param name="PeakIntensity">Intensity at the apex, 0–5.</param>
/// <param name="Right">Share of the peak on the person's right side, 0–1.</param>
/// <param name="Left">Share of the peak on the person's left side, 0–1.</param>
public sealed record ActionUnitInterval(
    int ActionUnit, double Onset, double ApexStart, double ApexEnd, double Offset, float PeakIntensity, float Right = 1, float Left = 1)
{
    /// <summary>Strength at a time, 0 to peak / 5: smooth-step up, hold, smooth-step down.</summary>
    public float StrengthAt(double time)
    {
        if (time <= Onset || time >= Offset)
        {
            return 0;
        }

        double share = time < ApexStart ? (time - Onset) / (ApexStart - Onset) : time > ApexEnd ? (Offset - time) / (Offset - ApexEnd) : 1;
        return PeakIntensity / 5 * SmoothStep(share);
    }

    internal static float SmoothStep(double share)
    {
        float s = (float)Math.Clamp(share, 0, 1);
        return s * s * (3 - (2 * s));
    }
}
