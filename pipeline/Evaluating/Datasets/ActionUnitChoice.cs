using System.Globalization;
using AuStream.Pipeline.Commands;

namespace AuStream.Pipeline.Evaluating.Datasets;

/// <summary>Which action units a dataset is evaluated on, and from which label on one counts as present.</summary>
internal static class ActionUnitChoice
{
    /// <summary>What was asked for, or what the protocol says.</summary>
    /// <exception cref="UsageException">The dataset does not code one that was asked for.</exception>
    public static IReadOnlyList<int> Of(DatasetRequest request, IReadOnlyList<int> protocol, IReadOnlyList<int> coded)
    {
        if (request.ActionUnits is not { } asked)
        {
            return protocol;
        }

        int[] strangers = [.. asked.Except(coded)];
        return strangers.Length == 0
            ? asked
            : throw new UsageException($"--au {string.Join(",", strangers)} is not coded there: {string.Join(", ", coded)} are.");
    }

    /// <summary>Refuses a level where labels have none.</summary>
    /// <exception cref="UsageException">One was given.</exception>
    public static void RefuseLevel(DatasetRequest request, string reason)
    {
        if (request.PresentFrom is not null)
        {
            throw new UsageException($"--present-from needs labels of intensity: {reason}. Leave the option out.");
        }
    }

    /// <summary>Presence of every code of intensity.</summary>
    public static sbyte[] PresenceFrom(ReadOnlySpan<float> intensities, float level)
    {
        sbyte[] presence = new sbyte[intensities.Length];
        for (int i = 0; i < presence.Length; i++)
        {
            presence[i] = float.IsNaN(intensities[i]) ? LabeledItem.Unlabeled : (sbyte)(intensities[i] >= level ? 1 : 0);
        }

        return presence;
    }

    /// <summary>The rule in words.</summary>
    public static string Describe(float level) => string.Create(CultureInfo.InvariantCulture, $"labelled intensity {level:0.##} or more (A is 1, E is 5)");
}
