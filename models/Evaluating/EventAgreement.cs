namespace AuStream.Models.Evaluating;

/// <summary>How predicted events agree with true ones at one overlap (<see cref="F1Event"/>).</summary>
/// <param name="TrueEvents">Events in the labels.</param>
/// <param name="Found">Those of them that were predicted over at least the overlap.</param>
/// <param name="PredictedEvents">Events in the predictions.</param>
/// <param name="Right">Those of them that are true over at least the overlap.</param>
public readonly record struct EventAgreement(int TrueEvents, int Found, int PredictedEvents, int Right)
{
    /// <summary>Share of the predicted events that are right, 0–1 (segment precision); NaN when nothing was predicted.</summary>
    public double Precision => PredictedEvents == 0 ? double.NaN : (double)Right / PredictedEvents;

    /// <summary>Share of the true events that were found, 0–1 (segment recall); NaN when there are none.</summary>
    public double Recall => TrueEvents == 0 ? double.NaN : (double)Found / TrueEvents;

    /// <summary>Harmonic mean of both, 0–1; 0 when only one side has events, NaN when neither has any.</summary>
    public double F1
    {
        get
        {
            if (TrueEvents == 0 || PredictedEvents == 0)
            {
                return TrueEvents == PredictedEvents ? double.NaN : 0;
            }

            double sum = Precision + Recall;
            return sum == 0 ? 0 : 2 * Precision * Recall / sum;
        }
    }
}
