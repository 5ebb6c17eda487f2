namespace AuStream.Synthesis.ActionUnits;

/// <summary>The action units that are rendered and labelled, in the order of every label vector of this project.</summary>
public static class ActionUnitSet
{
    /// <summary>FACS numbers.</summary>
    public static IReadOnlyList<int> Numbers { get; } = [1, 2, 4, 5, 6, 7, 9, 10, 12, 14, 15, 17, 18, 20, 23, 24, 25, 26, 27, 28, 43];

    /// <summary>Number of action units.</summary>
    public static int Count => Numbers.Count;

    /// <summary>Position of a FACS number in label vectors.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The action unit is not rendered.</exception>
    public static int IndexOf(int actionUnit)
    {
        for (int i = 0; i < Numbers.Count; i++)
        {
            if (Numbers[i] == actionUnit)
            {
                return i;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(actionUnit), actionUnit, "This action unit is not rendered.");
    }
}
