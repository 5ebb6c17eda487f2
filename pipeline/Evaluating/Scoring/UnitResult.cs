using AuStream.Models.Evaluating;

namespace AuStream.Pipeline.Evaluating.Scoring;

/// <summary>One action unit's result on some frames.</summary>
/// <param name="ActionUnit">FACS number.</param>
/// <param name="Frames">Labelled frames that count.</param>
/// <param name="Positives">Those of them with the action unit.</param>
/// <param name="Scores">The metrics.</param>
internal sealed record UnitResult(int ActionUnit, int Frames, int Positives, ActionUnitScores Scores)
{
    /// <summary>Share of frames with the action unit; NaN without frames.</summary>
    public double BaseRate => Frames == 0 ? double.NaN : (double)Positives / Frames;
}
