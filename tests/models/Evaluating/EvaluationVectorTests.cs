using System.Text.Json;
using AuStream.Models.Evaluating;
using AuStream.Testing;

namespace AuStream.Models.Tests.Evaluating;

/// <summary>The vectors that the training code tests against too: both evaluations give the same numbers.</summary>
public sealed class EvaluationVectorTests
{
    private static readonly JsonElement s_cases = JsonDocument.Parse(File.ReadAllText(
        Path.Combine(SharedMedia.RepositoryRoot, "tests", "shared-vectors", "evaluation.json"))).RootElement.GetProperty("cases");

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, s_cases.GetArrayLength())];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_metric_and_every_interval_is_that_of_the_shared_vectors(int index)
    {
        JsonElement one = s_cases[index];
        bool[] Flags(string name) => [.. one.GetProperty(name).EnumerateArray().Select(value => value.GetInt32() == 1)];
        int[] Integers(string name) => [.. one.GetProperty(name).EnumerateArray().Select(value => value.GetInt32())];
        float[] Numbers(string name) => [.. one.GetProperty(name).EnumerateArray().Select(value => value.GetSingle())];
        ActionUnitSample sample = new()
        {
            Labels = Flags("labels"),
            Calls = Flags("calls"),
            Scores = Numbers("scores"),
            Intensities = Numbers("intensities"),
            Subjects = Integers("subjects"),
            Sequences = Integers("sequences"),
        };
        JsonElement bootstrap = one.GetProperty("bootstrap");
        ActionUnitScores scores = ActionUnitScores.Of(sample);
        ActionUnitIntervals intervals = ActionUnitIntervals.Estimate(
            [sample], sample.Subjects.Max() + 1, bootstrap.GetProperty("draws").GetInt32(), bootstrap.GetProperty("seed").GetUInt64());

        foreach ((EvaluationMetric metric, string key) in Keys())
        {
            scores[metric].ShouldBe(one.GetProperty("expected").GetProperty(key).GetDouble(), 1e-9, key);
            JsonElement interval = bootstrap.GetProperty("intervals").GetProperty(key);
            intervals.Of(0, metric).Low.ShouldBe(interval[0].GetDouble(), 1e-9, key);
            intervals.Of(0, metric).High.ShouldBe(interval[1].GetDouble(), 1e-9, key);
        }
    }

    private static IEnumerable<(EvaluationMetric Metric, string Key)> Keys() =>
        Enum.GetValues<EvaluationMetric>().Zip(
            (string[])["f1_frame", "f1_norm", "f1_event", "accuracy", "false_presence", "final_score", "auc", "apr", "napr", "icc31", "pcc"]);
}
