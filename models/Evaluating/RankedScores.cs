namespace AuStream.Models.Evaluating;

/// <summary>Labels in order of falling score, frames of equal score together.</summary>
internal sealed class RankedScores
{
    private RankedScores(List<(int Positives, int Negatives)> ties)
    {
        Ties = ties;
        Positives = ties.Sum(tie => (long)tie.Positives);
        Negatives = ties.Sum(tie => (long)tie.Negatives);
    }

    /// <summary>Per distinct score, highest first: how many frames with and without the action unit have it.</summary>
    public IReadOnlyList<(int Positives, int Negatives)> Ties { get; }

    public long Positives { get; }

    public long Negatives { get; }

    /// <exception cref="ArgumentException">The lists differ in length, or a score is not a number.</exception>
    public static RankedScores Descending(ReadOnlySpan<bool> labels, ReadOnlySpan<float> scores)
    {
        SameLength.Require(labels.Length, scores.Length);
        float[] keys = scores.ToArray();
        if (keys.Any(float.IsNaN))
        {
            throw new ArgumentException("A score is not a number.", nameof(scores));
        }

        bool[] sorted = labels.ToArray();
        Array.Sort(keys, sorted);
        List<(int Positives, int Negatives)> ties = [];
        for (int end = keys.Length; end > 0;)
        {
            int start = end - 1;
            while (start > 0 && keys[start - 1] == keys[end - 1])
            {
                start--;
            }

            int positives = sorted.AsSpan(start, end - start).Count(true);
            ties.Add((positives, end - start - positives));
            end = start;
        }

        return new RankedScores(ties);
    }
}
