using AuStream.Pipeline.Evaluating.Datasets;
using AuStream.Pipeline.Evaluating.Measuring;

namespace AuStream.Pipeline.Evaluating.Scoring;

/// <summary>The results that a dataset lists beside that of all frames.</summary>
internal static class SliceTables
{
    /// <summary>By fold and by view, where the data have them.</summary>
    public static IEnumerable<SliceTable> Of(LabeledSet set, SetScorer scorer, IReadOnlyList<ItemMeasurements> measurements)
    {
        if (set.Folds.Count > 0)
        {
            yield return new SliceTable(
                "folds",
                "Folds",
                "No person is in two folds. Papers average the folds' F1; the table above counts all frames at once.",
                [.. set.Folds.Values.Distinct().Order().Select(fold =>
                    scorer.Score($"fold {fold}", measurements, (item, row) => set.Folds[set.Items[item].Subjects[row]] == fold))]);
        }

        string[] views = [.. set.Items.Select(item => item.View).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        if (views.Length > 0)
        {
            yield return new SliceTable(
                "views", "Views", "The same sequences from several sides.",
                [.. views.Select(view => scorer.Score(view, measurements, (item, _) => set.Items[item].View == view))]);
        }
    }
}
