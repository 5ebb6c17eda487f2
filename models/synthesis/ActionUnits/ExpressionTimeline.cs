using System.Numerics;

namespace AuStream.Synthesis.ActionUnits;

/// <summary>
/// A sequence of expressions as curves over time that can be asked at any moment: action units, blinks, gaze, speech and head
/// motion. Immutable, thread-safe.
/// </summary>
public sealed class ExpressionTimeline
{
    private readonly MotionCurve _headYaw;
    private readonly MotionCurve _headPitch;
    private readonly MotionCurve _headRoll;
    private readonly MotionCurve _gazeX;
    private readonly MotionCurve _gazeY;
    private readonly SpeechTrack _speech;

    /// <param name="duration">Length in seconds.</param>
    /// <param name="intervals">Movements of action units. AU43 intervals shorter than half a second are blinks.</param>
    /// <param name="speech">When and what the mouth speaks.</param>
    /// <param name="head">Yaw, pitch and roll of the head in degrees over time.</param>
    /// <param name="gaze">Gaze in degrees over time, x and y.</param>
    internal ExpressionTimeline(
        double duration, IReadOnlyList<ActionUnitInterval> intervals, SpeechTrack speech, (MotionCurve Yaw, MotionCurve Pitch, MotionCurve Roll) head, (MotionCurve X, MotionCurve Y) gaze)
    {
        Duration = duration;
        Intervals = [.. intervals.OrderBy(i => i.Onset).ThenBy(i => i.ActionUnit)];
        _speech = speech;
        (_headYaw, _headPitch, _headRoll) = head;
        (_gazeX, _gazeY) = gaze;
    }

    /// <summary>Length in seconds.</summary>
    public double Duration { get; }

    /// <summary>The truth: every movement with onset, apex, offset and peak, in order of onset. Speech is listed by <see cref="SpeechIntervals"/>.</summary>
    public IReadOnlyList<ActionUnitInterval> Intervals { get; }

    /// <summary>Stretches in which the mouth speaks, seconds.</summary>
    public IReadOnlyList<(double Start, double End)> SpeechIntervals => _speech.Intervals;

    /// <summary>The sequence at a time in seconds; outside [0, <see cref="Duration"/>] the ends hold.</summary>
    public TimelineMoment At(double time)
    {
        double t = Math.Clamp(time, 0, Duration);
        var expression = new Expression { Gaze = new Vector2(_gazeX.At(t), _gazeY.At(t)) };
        foreach (ActionUnitInterval interval in Intervals)
        {
            float strength = interval.StrengthAt(t);
            Raise(expression, interval.ActionUnit, FaceSide.Right, strength * interval.Right);
            Raise(expression, interval.ActionUnit, FaceSide.Left, strength * interval.Left);
        }

        _speech.AddTo(expression, t);
        var rotation = new Vector3(_headYaw.At(t), _headPitch.At(t), _headRoll.At(t));

        // The neck turns below the head, so that turning it also moves it a little.
        var offset = new Vector3(rotation.X * 0.04f, rotation.Y * 0.03f, rotation.Y * 0.02f);
        return new TimelineMoment(expression, rotation, offset);
    }

    private static void Raise(Expression expression, int unit, FaceSide side, float strength) =>
        expression.ActionUnits[unit, side] = MathF.Max(expression.ActionUnits[unit, side], strength);
}
