using AuStream.Synthesis.Randomness;

namespace AuStream.Synthesis.ActionUnits;

/// <summary>
/// Draws sequences: expressions come and go with realistic durations (onset 0.2–0.8 s, apex 0.3–3 s, offset 0.3–1.2 s), blinks
/// of 0.1–0.4 s every few seconds, gaze in saccades, stretches of speech, slow head motion. Deterministic from the stream.
/// </summary>
public static class TimelineSampler
{
    /// <summary>Draws a sequence.</summary>
    /// <param name="random">A stream for this sequence alone.</param>
    /// <param name="duration">Length in seconds, 0.5–120.</param>
    /// <param name="activity">How much the face does.</param>
    public static ExpressionTimeline Sample(RandomStream random, double duration, TimelineActivity activity = TimelineActivity.Lively)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (duration is not (>= 0.5 and <= 120))
        {
            throw new ArgumentOutOfRangeException(nameof(duration), duration, "A sequence lasts 0.5 to 120 seconds");
        }

        var intervals = new List<ActionUnitInterval>();
        if (activity != TimelineActivity.Calm)
        {
            AddExpressions(random.Split("expressions"), duration, activity, intervals);
        }

        AddBlinks(random.Split("blinks"), duration, intervals);
        RandomStream speech = random.Split("speech");
        var head = random.Split("head");
        RandomStream gaze = random.Split("gaze");
        return new ExpressionTimeline(
            duration,
            intervals,
            new SpeechTrack(speech, SpeechStretches(speech, duration)),
            (Drift(head, duration, head.Normal(0, 12), 8), Drift(head, duration, head.Normal(0, 6), 5), Drift(head, duration, head.Normal(0, 4), 4)),
            (Saccades(gaze, duration, 10), Saccades(gaze, duration, 6)));
    }

    private static void AddExpressions(RandomStream random, double duration, TimelineActivity activity, List<ActionUnitInterval> intervals)
    {
        bool isHeld = activity == TimelineActivity.BeginsHeld;
        double t = isHeld ? -2 : random.Uniform(0, 1.5f);
        while (t < duration - 0.4)
        {
            Expression expression = ExpressionSampler.Sample(random);
            double onset = random.Uniform(0.2f, 0.8f);
            double apex = 0.3 + (2.7 * random.NextUnit() * random.NextUnit());
            if (isHeld)
            {
                // The apex has begun before the first frame and lasts for much of the sequence.
                apex = 2 + (duration * random.Uniform(0.3f, 0.8f));
                isHeld = false;
            }

            double offset = random.Uniform(0.3f, 1.2f);
            foreach (int unit in ActionUnitSet.Numbers)
            {
                float right = expression.ActionUnits[unit, FaceSide.Right];
                float left = expression.ActionUnits[unit, FaceSide.Left];
                float peak = MathF.Max(right, left);
                if (peak <= 0)
                {
                    continue;
                }

                // Units of one expression start together within a tenth of a second or two.
                double shift = random.Uniform(0, 0.15f);
                double start = t + shift;
                double hold = start + (onset * random.Uniform(0.8f, 1.2f));
                double release = hold + (apex * random.Uniform(0.8f, 1.2f));
                double end = release + (offset * random.Uniform(0.8f, 1.2f));
                intervals.Add(new ActionUnitInterval(unit, start, hold, release, end, MathF.Min(5, peak * 5), right / peak, left / peak));
            }

            t += onset + apex + offset + (3 * random.NextUnit() * random.NextUnit()) + random.Uniform(-0.3f, 0.3f);
        }
    }

    private static void AddBlinks(RandomStream random, double duration, List<ActionUnitInterval> intervals)
    {
        double t = random.Uniform(0.2f, 3);
        while (t < duration)
        {
            double length = random.Uniform(0.1f, 0.4f);
            intervals.Add(new ActionUnitInterval(43, t, t + (0.35 * length), t + (0.5 * length), t + length, random.Uniform(4, 5)));
            t += length + (random.Chance(0.1f) ? 0.15 : random.Uniform(1, 6));
        }
    }

    private static List<(double Start, double End)> SpeechStretches(RandomStream random, double duration)
    {
        var stretches = new List<(double, double)>();
        double t = random.Uniform(0, 6);
        while (t < duration - 0.6)
        {
            double end = Math.Min(duration, t + random.Uniform(0.6f, 4));
            stretches.Add((t, end));
            t = end + random.Uniform(0.5f, 6);
        }

        return stretches;
    }

    private static MotionCurve Drift(RandomStream random, double duration, float around, float spread)
    {
        var points = new List<(double, float)>();
        for (double t = 0; t < duration + 2; t += random.Uniform(0.5f, 2.5f))
        {
            points.Add((t, around + random.Normal(0, spread)));
        }

        return new MotionCurve(points);
    }

    private static MotionCurve Saccades(RandomStream random, double duration, float spread)
    {
        var points = new List<(double, float)> { (0, random.Normal(0, spread * 0.4f)) };
        for (double t = random.Uniform(0.2f, 1); t < duration; t += random.Uniform(0.3f, 2))
        {
            points.Add((t, points[^1].Item2));
            points.Add((t + 0.05, Math.Clamp(random.Normal(0, spread * 0.7f), -2.5f * spread, 2.5f * spread)));
            t += 0.05;
        }

        return new MotionCurve(points);
    }
}
