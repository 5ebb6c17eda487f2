using AuStream.Models.Evaluating;

namespace AuStream.Pipeline.Evaluating.Scoring;

/// <summary>One action unit on pairs of pictures.</summary>
/// <param name="ActionUnit">FACS number.</param>
/// <param name="Auc">How well the intensity tells expressive from neutral pictures across people, 0–1.</param>
/// <param name="AucInterval">Its confidence; null when none was asked for.</param>
/// <param name="AucRelative">The same of the intensity minus that of the person's own neutral picture, against 0.</param>
/// <param name="AucRelativeInterval">Its confidence; null when none was asked for.</param>
/// <param name="AucReference">The same of what the model measures relative to the neutral picture; NaN where that was not asked for.</param>
/// <param name="PresentOnNeutral">Share of neutral pictures on which it is called present.</param>
/// <param name="PresentOnExpressive">Share of expressive pictures on which it is called present.</param>
/// <param name="NeutralIntensity">Mean, 0–5.</param>
/// <param name="ExpressiveIntensity">Mean, 0–5.</param>
internal sealed record PairedUnit(
    int ActionUnit,
    double Auc,
    ConfidenceInterval? AucInterval,
    double AucRelative,
    ConfidenceInterval? AucRelativeInterval,
    double AucReference,
    double PresentOnNeutral,
    double PresentOnExpressive,
    double NeutralIntensity,
    double ExpressiveIntensity);
