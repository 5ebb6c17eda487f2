using AuStream.Models.Manifests;

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
            int distance = EditDistance.Between(word.ToLowerInvariant(), candidate.ToLowerInvariant());
            if (distance < nearest.Distance)
            {
                nearest = (candidate, distance);
            }
        }

        return nearest.Best;
    }
}
