namespace AuStream.Pipeline.Evaluating.Datasets;

/// <summary>Leaves rows of an item out.</summary>
internal static class RowFilter
{
    /// <summary>The item with the rows that are kept.</summary>
    /// <param name="item">The item.</param>
    /// <param name="units">Action units per row.</param>
    /// <param name="isKept">Whether a row is kept.</param>
    public static LabeledItem Keep(LabeledItem item, int units, Func<int, bool> isKept)
    {
        int[] rows = [.. Enumerable.Range(0, item.Count).Where(isKept)];
        return rows.Length == item.Count ? item : item with
        {
            Pictures = item.Pictures.Length == 0 ? [] : [.. rows.Select(row => item.Pictures[row])],
            Frames = [.. rows.Select(row => item.Frames[row])],
            Subjects = [.. rows.Select(row => item.Subjects[row])],
            Presence = [.. rows.SelectMany(row => item.Presence[(row * units)..((row + 1) * units)])],
            Intensities = item.Intensities is { } levels ? [.. rows.SelectMany(row => levels[(row * units)..((row + 1) * units)])] : null,
            References = item.References is { } references ? [.. rows.Select(row => references[row])] : null,
            Poses = item.Poses is { } poses ? [.. rows.Select(row => poses[row])] : null,
        };
    }
}
