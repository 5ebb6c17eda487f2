namespace AuStream.Models.Manifests;

/// <summary>How far apart two short texts are, for "did you mean".</summary>
public static class EditDistance
{
    /// <summary>Levenshtein distance: insertions, deletions and replacements of one character that lead from one to the other.</summary>
    public static int Between(string first, string second)
    {
        int[] row = [.. Enumerable.Range(0, second.Length + 1)];
        for (int i = 1; i <= first.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= second.Length; j++)
            {
                int replaced = diagonal + (first[i - 1] == second[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
