using AuStream.Models.Evaluating;
using AuStream.Models.Manifests;
using AuStream.Pipeline.Evaluating.Datasets;
using AuStream.Pipeline.Evaluating.Measuring;

namespace AuStream.Pipeline.Evaluating.Scoring;

/// <summary>Compares the two pictures of every person.</summary>
internal static class PairedScorer
{
    /// <param name="pairs">The two items.</param>
    /// <param name="neutral">Measured on the first.</param>
    /// <param name="expressive">Measured on the second.</param>
    /// <param name="relative">Measured on the second, relative to the first; null where that was not asked for.</param>
    /// <param name="manifest">The model.</param>
    /// <param name="units">FACS numbers to list.</param>
    /// <param name="threshold">Intensity from which an action unit is called present; null for the model's thresholds.</param>
    /// <param name="draws">For the confidence intervals; 0 for none.</param>
    /// <param name="notes">What the user has to know already.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="DatasetException">No pair has a face in both pictures.</exception>
    public static PairedReport Score(
        LabeledSet pairs,
        ItemMeasurements neutral,
        ItemMeasurements expressive,
        ItemMeasurements? relative,
        ActionUnitModelManifest manifest,
        IReadOnlyList<int> units,
        float? threshold,
        int draws,
        IReadOnlyList<string> notes,
        CancellationToken cancellationToken)
    {
        int[] people = [.. Enumerable.Range(0, neutral.States.Length).Where(row => neutral.States[row] == RowState.Measured && expressive.States[row] == RowState.Measured)];
        if (people.Length == 0)
        {
            throw new DatasetException("In none of the pairs was a face found in both pictures. Look at them: faces should be at least 60 pixels wide.");
        }

        float[] Column(ItemMeasurements measured, int unit) => Array.ConvertAll(people, row => measured.Intensities[(row * measured.Units) + unit]);
        double Presence(float[] values, int unit) => values.Average(value => value >= (threshold ?? manifest.Thresholds[unit]) ? 1.0 : 0);
        double[] presence = [.. Enumerable.Range(0, neutral.Units).Select(unit => Presence(Column(neutral, unit), unit))];
        List<PairedUnit> results = [];
        foreach (int unit in units)
        {
            int column = manifest.ActionUnits.ToList().IndexOf(unit);
            float[] rest = Column(neutral, column);
            float[] moved = Column(expressive, column);
            ActionUnitSample across = Sample(rest, moved);
            ActionUnitSample within = Sample(new float[people.Length], [.. moved.Zip(rest, (there, before) => there - before)]);
            ActionUnitIntervals? intervals = draws == 0 ? null : ActionUnitIntervals.Estimate([across, within], people.Length, draws, cancellationToken: cancellationToken);
            results.Add(new PairedUnit(
                unit,
                AreaUnderRoc.Of(across.Labels, across.Scores),
                intervals?.Of(0, EvaluationMetric.AreaUnderRoc),
                AreaUnderRoc.Of(within.Labels, within.Scores),
                intervals?.Of(1, EvaluationMetric.AreaUnderRoc),
                relative is null ? double.NaN : AucAgainstZero(Column(relative, column)),
                presence[column],
                Presence(moved, column),
                rest.Average(),
                moved.Average()));
        }

        List<string> all = [.. notes];
        foreach (int row in Enumerable.Range(0, neutral.States.Length).Except(people))
        {
            all.Add($"{pairs.Items[0].Subjects[row]}: no face in the {(neutral.States[row] == RowState.Measured ? "expressive" : "neutral")} picture; left out");
        }

        int highest = Array.IndexOf(presence, presence.Max());
        return new PairedReport(
            $"{manifest.Id} {manifest.Version}", people.Length, neutral.States.Length - people.Length, results, presence.Average(), presence[highest], manifest.ActionUnits[highest], all);
    }

    // Relative to itself a neutral picture is zero.
    private static double AucAgainstZero(float[] relative)
    {
        ActionUnitSample sample = Sample(new float[relative.Length], relative);
        return AreaUnderRoc.Of(sample.Labels, sample.Scores);
    }

    private static ActionUnitSample Sample(float[] rest, float[] moved) => new()
    {
        Labels = [.. rest.Select(_ => false), .. moved.Select(_ => true)],
        Calls = new bool[rest.Length + moved.Length],
        Scores = [.. rest, .. moved],
        Subjects = [.. Enumerable.Range(0, rest.Length), .. Enumerable.Range(0, moved.Length)],
    };
}
