namespace AuStream.Models.Evaluating;

/// <summary>The numbers that sum up how well one action unit was told. The order is that of <see cref="ActionUnitScores"/>.</summary>
public enum EvaluationMetric
{
    /// <summary><see cref="Evaluating.F1Frame"/>.</summary>
    F1Frame,

    /// <summary><see cref="Evaluating.F1Norm"/>.</summary>
    F1Norm,

    /// <summary>Area under <see cref="Evaluating.F1Event"/>'s curve; NaN for pictures that are no video.</summary>
    F1Event,

    /// <summary><see cref="Evaluating.Accuracy"/>.</summary>
    Accuracy,

    /// <summary><see cref="Evaluating.FalsePresence"/>; the lower the better.</summary>
    FalsePresence,

    /// <summary><see cref="Evaluating.FinalScore"/>.</summary>
    FinalScore,

    /// <summary><see cref="Evaluating.AreaUnderRoc"/> of the intensity.</summary>
    AreaUnderRoc,

    /// <summary><see cref="Evaluating.AveragePrecision"/> of the intensity (APR).</summary>
    AveragePrecision,

    /// <summary>The same, normalised for skew (nAPR).</summary>
    NormalizedAveragePrecision,

    /// <summary><see cref="Evaluating.IntraclassCorrelation"/>, ICC(3,1); NaN without labels of intensity.</summary>
    IntraclassCorrelation,

    /// <summary><see cref="Evaluating.PearsonCorrelation"/> (PCC); NaN without labels of intensity.</summary>
    PearsonCorrelation,
}
