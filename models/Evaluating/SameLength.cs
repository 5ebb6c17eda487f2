namespace AuStream.Models.Evaluating;

/// <summary>Guards lists that belong together item by item.</summary>
internal static class SameLength
{
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Require(int labels, int others)
    {
        if (labels != others)
        {
            throw new ArgumentException($"There are {labels} labels and {others} predictions; they must be as many.");
        }
    }
}
