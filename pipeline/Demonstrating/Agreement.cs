namespace AuStream.Pipeline.Demonstrating;

/// <summary>How well measured presence agrees with a clip's truth for one action unit, frame by frame.</summary>
/// <param name="ActionUnit">FACS number.</param>
/// <param name="TruePositives">Frames where both say present.</param>
/// <param name="FalsePositives">Frames where only the measurement does.</param>
/// <param name="FalseNegatives">Frames where only the truth does.</param>
public sealed record Agreement(int ActionUnit, int TruePositives, int FalsePositives, int FalseNegatives)
{
    /// <summary>F1-frame, 0–1; NaN when the action unit is in neither.</summary>
    public double F1 => 2.0 * TruePositives / ((2 * TruePositives) + FalsePositives + FalseNegatives);

    /// <summary>Counts the frames. The truth counts as present from the given intensity on.</summary>
    public static Agreement Measure(int actionUnit, IReadOnlyList<MeasuredFrame> frames, KnownClip truth, float presentFrom)
    {
        ArgumentNullException.ThrowIfNull(frames);
        ArgumentNullException.ThrowIfNull(truth);
        int both = 0;
        int measuredOnly = 0;
        int knownOnly = 0;
        foreach (MeasuredFrame frame in frames)
        {
            bool measured = frame.Present.GetValueOrDefault(actionUnit);
            bool known = truth.IntensityAt(actionUnit, frame.Seconds) >= presentFrom;
            both += measured && known ? 1 : 0;
            measuredOnly += measured && !known ? 1 : 0;
            knownOnly += known && !measured ? 1 : 0;
        }

        return new Agreement(actionUnit, both, measuredOnly, knownOnly);
    }
}
