namespace AuStream.Synthesis.ActionUnits;

/// <summary>A quantity over time through given points, smooth-step between them, constant outside. Immutable.</summary>
internal sealed class MotionCurve
{
    private readonly (double Time, float Value)[] _points;

    /// <param name="points">At least one, in order of time.</param>
    public MotionCurve(IReadOnlyList<(double Time, float Value)> points)
    {
        if (points.Count == 0)
        {
            throw new ArgumentException("A curve needs a point", nameof(points));
        }

        _points = [.. points];
    }

    public float At(double time)
    {
        if (time <= _points[0].Time)
        {
            return _points[0].Value;
        }

        for (int i = 1; i < _points.Length; i++)
        {
            if (time < _points[i].Time)
            {
                (double from, float a) = _points[i - 1];
                (double to, float b) = _points[i];
                return a + ((b - a) * ActionUnitInterval.SmoothStep((time - from) / (to - from)));
            }
        }

        return _points[^1].Value;
    }
}
