using AuStream.Synthesis.Randomness;

namespace AuStream.Synthesis.ActionUnits;

/// <summary>The bundled clip's script: neutral, talks, smiles, raises brows, frowns, wrinkles the nose, drops the jaw; blinks in between.</summary>
public static class DemoScript
{
    /// <summary>Length in seconds.</summary>
    public const double Duration = 14;

    /// <summary>The timeline; always the same.</summary>
    public static ExpressionTimeline Create()
    {
        ActionUnitInterval[] movements =
        [
            // A broad smile.
            new(12, 3.60, 4.10, 5.10, 5.70, 4.5f), new(6, 3.65, 4.15, 5.05, 5.60, 4), new(25, 3.75, 4.20, 5.00, 5.55, 4),
            // Brows up.
            new(1, 6.00, 6.30, 6.90, 7.30, 4.5f), new(2, 6.00, 6.30, 6.90, 7.30, 4.5f),
            // Frown.
            new(4, 7.60, 7.95, 8.70, 9.15, 4.5f),
            // Nose wrinkled.
            new(9, 9.40, 9.75, 10.35, 10.80, 4.5f),
            // Jaw drops.
            new(26, 11.10, 11.50, 12.20, 12.70, 4.5f), new(25, 11.10, 11.45, 12.25, 12.75, 5),
            Blink(0.55), Blink(1.9), Blink(3.3), Blink(5.85), Blink(7.42), Blink(9.25), Blink(10.95), Blink(12.95), Blink(13.5),
        ];
        var speech = new SpeechTrack(new RandomStream(20), [(0.9, 3.3)]);
        var yaw = new MotionCurve([(0, 0), (1, 3), (1.8, -4), (2.8, 2), (4.2, 4), (5.5, 0), (7, -2), (8.3, 3), (9.8, -3), (11.5, 2), (13, 0)]);
        var pitch = new MotionCurve([(0, 0), (1.2, -2), (2.2, 2), (3.2, -1), (4.4, 3), (6.4, 4), (8.2, -4), (10, -2), (11.8, 2), (13, 0)]);
        var roll = new MotionCurve([(0, 0), (1.5, 2), (3, -1), (4.6, 3), (6.2, 0), (8.4, -2), (10.2, 1), (12, -1), (13, 0)]);
        var gazeX = new MotionCurve([(0, 0), (1.25, 0), (1.3, 8), (2.0, 8), (2.05, -6), (2.7, -6), (2.75, 0), (13, 0)]);
        var gazeY = new MotionCurve([(0, 0), (1.25, 0), (1.3, -4), (2.0, -4), (2.05, 3), (2.7, 3), (2.75, 0), (13, 0)]);
        return new ExpressionTimeline(Duration, movements, speech, (yaw, pitch, roll), (gazeX, gazeY));
    }

    /// <summary>A blink of 0.3 s: closing is quicker than opening.</summary>
    private static ActionUnitInterval Blink(double onset) => new(43, onset, onset + 0.10, onset + 0.14, onset + 0.30, 5);
}
