namespace AuStream.Models.Evaluating;

/// <summary>Every labelled frame of one action unit with what a model said about it. All lists are of one length, in order of time.</summary>
public sealed record ActionUnitSample
{
    /// <summary>Whether the action unit is present.</summary>
    public required bool[] Labels { get; init; }

    /// <summary>Whether the model called it present.</summary>
    public required bool[] Calls { get; init; }

    /// <summary>The model's intensity, 0–5; never NaN.</summary>
    public required float[] Scores { get; init; }

    /// <summary>Labelled intensity, 0–5; NaN where a frame has none. Null where the data have none at all.</summary>
    public float[]? Intensities { get; init; }

    /// <summary>Number of the person, from 0.</summary>
    public required int[] Subjects { get; init; }

    /// <summary>Number of the stretch of video that a frame belongs to: changes where a frame does not follow the one before. Null for pictures.</summary>
    public int[]? Sequences { get; init; }

    /// <summary>Frames.</summary>
    public int Count => Labels.Length;

    /// <summary>Frames with the action unit.</summary>
    public int Positives => Labels.AsSpan().Count(true);

    /// <summary>The frames for which <paramref name="isKept"/> holds.</summary>
    public ActionUnitSample Where(Func<int, bool> isKept)
    {
        int[] rows = [.. Enumerable.Range(0, Count).Where(isKept)];
        return new ActionUnitSample
        {
            Labels = Take(Labels, rows),
            Calls = Take(Calls, rows),
            Scores = Take(Scores, rows),
            Intensities = Intensities is null ? null : Take(Intensities, rows),
            Subjects = Take(Subjects, rows),
            Sequences = Sequences is null ? null : Take(Sequences, rows),
        };
    }

    /// <exception cref="ArgumentException">The lists differ in length, or a score is not a number.</exception>
    internal void Validate()
    {
        SameLength.Require(Count, Calls.Length);
        SameLength.Require(Count, Scores.Length);
        SameLength.Require(Count, Subjects.Length);
        SameLength.Require(Count, Intensities?.Length ?? Count);
        SameLength.Require(Count, Sequences?.Length ?? Count);
        if (Scores.Any(float.IsNaN))
        {
            throw new ArgumentException("A score is not a number.", nameof(Scores));
        }
    }

    private static T[] Take<T>(T[] values, int[] rows) => Array.ConvertAll(rows, row => values[row]);
}
