namespace AuStream.Pipeline.Configuration;

/// <summary>Finds what somebody may have meant.</summary>
public static class Spelling
{
    /// <summary>The candidate nearest to <paramref name="word"/> by edit distance, or null when none is near.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        ArgumentNullException.ThrowIfNull(word);
        ArgumentNullException.ThrowIfNull(candidates);
        (string? Best, int Distance) nearest = (null, Math.Max(2, word.Length / 3) + 1);
        foreach (string candidate in candidates)
        {
            int distance = Distance(word.ToLowerInvariant(), candidate.ToLowerInvariant());
            if (distance < nearest.Distance)
            {
                nearest = (candidate, distance);
            }
        }

        return nearest.Best;
    }

    private static int Distance(string left, string right)
    {
        int[] previous = [.. Enumerable.Range(0, right.Length + 1)];
        int[] current = new int[right.Length + 1];
        for (int i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (int k = 1; k <= right.Length; k++)
            {
                int substitution = previous[k - 1] + (left[i - 1] == right[k - 1] ? 0 : 1);
                current[k] = Math.Min(substitution, 1 + Math.Min(previous[k], current[k - 1]));
            }

            (previous, current) = (current, previous);
        }

        return previous[right.Length];
    }
}
