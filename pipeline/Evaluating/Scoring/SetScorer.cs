using AuStream.Models.Evaluating;
using AuStream.Pipeline.Evaluating.Datasets;
using AuStream.Pipeline.Evaluating.Measuring;

namespace AuStream.Pipeline.Evaluating.Scoring;

/// <summary>Puts labels and measurements together and computes the metrics.</summary>
internal sealed class SetScorer
{
    private readonly LabeledSet _set;
    private readonly IReadOnlyList<float> _thresholds;
    private readonly bool _skipsMissingFaces;
    private readonly Dictionary<string, int> _subjects;
    private readonly (int Column, int ModelColumn, int ActionUnit)[] _units;

    /// <param name="set">The labels.</param>
    /// <param name="modelUnits">FACS numbers of the measurements' columns.</param>
    /// <param name="thresholds">Per such column the intensity from which the action unit is called present.</param>
    /// <param name="skipsMissingFaces">True leaves frames without a face out; false takes every action unit as absent there.</param>
    public SetScorer(LabeledSet set, IReadOnlyList<int> modelUnits, IReadOnlyList<float> thresholds, bool skipsMissingFaces)
    {
        _set = set;
        _thresholds = thresholds;
        _skipsMissingFaces = skipsMissingFaces;
        string[] subjects = [.. set.Items.SelectMany(item => item.Subjects).Distinct().Order(StringComparer.Ordinal)];
        _subjects = subjects.Select((name, number) => (name, number)).ToDictionary(pair => pair.name, pair => pair.number);
        _units = [.. set.ActionUnits
            .Select((unit, column) => (column, modelUnits.ToList().IndexOf(unit), unit))
            .Where(unit => unit.Item2 >= 0)];
    }

    /// <summary>Number of people.</summary>
    public int Subjects => _subjects.Count;

    /// <summary>FACS numbers that are both labelled and measured.</summary>
    public IReadOnlyList<int> ActionUnits => [.. _units.Select(unit => unit.ActionUnit)];

    /// <summary>FACS numbers that are labelled, and that the model does not measure.</summary>
    public IReadOnlyList<int> Unmeasured => [.. _set.ActionUnits.Except(ActionUnits)];

    /// <summary>Scores some of the frames.</summary>
    /// <param name="name">Name of the result.</param>
    /// <param name="measurements">One per item of the set.</param>
    /// <param name="isKept">Whether an item's row counts; null for all.</param>
    public SliceResult Score(string name, IReadOnlyList<ItemMeasurements> measurements, Func<int, int, bool>? isKept = null)
    {
        int frames = 0;
        int withoutFace = 0;
        ForEachRow(measurements, isKept, (_, _, state) =>
        {
            frames++;
            withoutFace += state == RowState.NoFace ? 1 : 0;
        });
        UnitResult[] units = [.. Samples(measurements, isKept).Select((sample, unit) =>
            new UnitResult(_units[unit].ActionUnit, sample.Count, sample.Positives, ActionUnitScores.Of(sample)))];
        return new SliceResult(name, frames, withoutFace, units, ActionUnitScores.Mean([.. units.Select(unit => unit.Scores)]));
    }

    /// <summary>The labelled frames of every action unit, in the order of <see cref="ActionUnits"/>.</summary>
    public IReadOnlyList<ActionUnitSample> Samples(IReadOnlyList<ItemMeasurements> measurements, Func<int, int, bool>? isKept = null) =>
        [.. _units.Select(unit => Sample(unit.Column, unit.ModelColumn, measurements, isKept))];

    /// <summary>Distance of the labels' and the calls' relation matrices, over the frames in which every action unit is labelled.</summary>
    public double RelationDistance(IReadOnlyList<ItemMeasurements> measurements)
    {
        List<float>[] told = [.. _units.Select(_ => new List<float>())];
        List<float>[] called = [.. _units.Select(_ => new List<float>())];
        ForEachRow(measurements, null, (index, row, state) =>
        {
            LabeledItem item = _set.Items[index];
            if ((state == RowState.NoFace && _skipsMissingFaces) || _units.Any(unit => Label(item, row, unit.Column) == LabeledItem.Unlabeled))
            {
                return;
            }

            for (int i = 0; i < _units.Length; i++)
            {
                told[i].Add(Label(item, row, _units[i].Column));
                called[i].Add(Call(measurements[index], row, _units[i].ModelColumn) ? 1 : 0);
            }
        });
        return told.Length == 0 || told[0].Count == 0 ? double.NaN : ActionUnitRelation.Distance(Matrix(told), Matrix(called));
    }

    private static double[,] Matrix(List<float>[] columns) => ActionUnitRelation.Matrix(Array.ConvertAll(columns, column => column.ToArray()));

    private ActionUnitSample Sample(int column, int modelColumn, IReadOnlyList<ItemMeasurements> measurements, Func<int, int, bool>? isKept)
    {
        List<bool> labels = [];
        List<bool> calls = [];
        List<float> scores = [];
        List<float> intensities = [];
        List<int> subjects = [];
        List<int> sequences = [];
        int sequence = 0;
        (int Item, int Frame) last = (-1, 0);
        ForEachRow(measurements, isKept, (index, row, state) =>
        {
            LabeledItem item = _set.Items[index];
            sbyte label = Label(item, row, column);
            if (label == LabeledItem.Unlabeled || (state == RowState.NoFace && _skipsMissingFaces))
            {
                return;
            }

            sequence += last == (index, item.Frames[row] - 1) ? 0 : 1;
            last = (index, item.Frames[row]);
            sequences.Add(sequence);
            labels.Add(label == 1);
            calls.Add(Call(measurements[index], row, modelColumn));
            scores.Add(measurements[index].Intensities[(row * measurements[index].Units) + modelColumn]);
            intensities.Add(item.Intensities?[(row * _set.ActionUnits.Count) + column] ?? float.NaN);
            subjects.Add(_subjects[item.Subjects[row]]);
        });
        return new ActionUnitSample
        {
            Labels = [.. labels],
            Calls = [.. calls],
            Scores = [.. scores],
            Intensities = _set.Items.Any(item => item.Intensities is not null) ? [.. intensities] : null,
            Subjects = [.. subjects],
            Sequences = _set.Items.All(item => item.IsSequence) ? [.. sequences] : null,
        };
    }

    private void ForEachRow(IReadOnlyList<ItemMeasurements> measurements, Func<int, int, bool>? isKept, Action<int, int, RowState> take)
    {
        for (int index = 0; index < _set.Items.Count; index++)
        {
            RowState[] states = measurements[index].States;
            for (int row = 0; row < states.Length; row++)
            {
                if (states[row] != RowState.NotRead && (isKept is null || isKept(index, row)))
                {
                    take(index, row, states[row]);
                }
            }
        }
    }

    private sbyte Label(LabeledItem item, int row, int column) => item.Presence[(row * _set.ActionUnits.Count) + column];

    private bool Call(ItemMeasurements measured, int row, int column)
    {
        int cell = (row * measured.Units) + column;
        return measured.States[row] == RowState.Measured && (measured.Calls?[cell] ?? (measured.Intensities[cell] >= _thresholds[column]));
    }
}
