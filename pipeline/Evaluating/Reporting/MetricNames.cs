using AuStream.Models.Evaluating;

namespace AuStream.Pipeline.Evaluating.Reporting;

/// <summary>Names of the metrics.</summary>
internal static class MetricNames
{
    /// <summary>All metrics in the order of the tables.</summary>
    public static IReadOnlyList<EvaluationMetric> All { get; } = Enum.GetValues<EvaluationMetric>();

    /// <summary>In the heads of tables.</summary>
    public static string Short(EvaluationMetric metric) => metric switch
    {
        EvaluationMetric.F1Frame => "F1",
        EvaluationMetric.F1Norm => "F1-norm",
        EvaluationMetric.F1Event => "F1-event",
        EvaluationMetric.Accuracy => "accuracy",
        EvaluationMetric.FalsePresence => "false presence",
        EvaluationMetric.FinalScore => "final score",
        EvaluationMetric.AreaUnderRoc => "AUC",
        EvaluationMetric.AveragePrecision => "APR",
        EvaluationMetric.NormalizedAveragePrecision => "nAPR",
        EvaluationMetric.IntraclassCorrelation => "ICC",
        _ => "PCC",
    };

    /// <summary>In files.</summary>
    public static string Key(EvaluationMetric metric) => metric switch
    {
        EvaluationMetric.F1Frame => "f1_frame",
        EvaluationMetric.F1Norm => "f1_norm",
        EvaluationMetric.F1Event => "f1_event",
        EvaluationMetric.Accuracy => "accuracy",
        EvaluationMetric.FalsePresence => "false_presence",
        EvaluationMetric.FinalScore => "final_score",
        EvaluationMetric.AreaUnderRoc => "auc",
        EvaluationMetric.AveragePrecision => "apr",
        EvaluationMetric.NormalizedAveragePrecision => "napr",
        EvaluationMetric.IntraclassCorrelation => "icc31",
        _ => "pcc",
    };
}
