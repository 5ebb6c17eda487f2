namespace AuStream.Stages.ActionUnits;

/// <summary>The names of the action units in the Facial Action Coding System (Ekman, Friesen and Hager 2002).</summary>
public static class ActionUnitNames
{
    private static readonly Dictionary<int, string> s_names = new()
    {
        [1] = "inner brow raiser",
        [2] = "outer brow raiser",
        [4] = "brow lowerer",
        [5] = "upper lid raiser",
        [6] = "cheek raiser",
        [7] = "lid tightener",
        [9] = "nose wrinkler",
        [10] = "upper lip raiser",
        [12] = "lip corner puller",
        [14] = "dimpler",
        [15] = "lip corner depressor",
        [17] = "chin raiser",
        [18] = "lip pucker",
        [20] = "lip stretcher",
        [23] = "lip tightener",
        [24] = "lip pressor",
        [25] = "lips part",
        [26] = "jaw drop",
        [27] = "mouth stretch",
        [28] = "lip suck",
        [43] = "eyes closed",
        [45] = "blink",
    };

    /// <summary>Code with two digits, e.g. <c>AU06</c>.</summary>
    public static string CodeOf(int actionUnit) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"AU{actionUnit:00}");

    /// <summary>Name of an action unit in lower case, or its code where it has none here.</summary>
    public static string NameOf(int actionUnit) => s_names.TryGetValue(actionUnit, out string? name) ? name : CodeOf(actionUnit);
}
