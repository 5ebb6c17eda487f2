namespace AuStream.Models.Manifests;

/// <summary>Checks lists of indices into the dense face mesh.</summary>
public static class MeshIndices
{
    /// <summary>Points of the dense mesh.</summary>
    public const int Count = 468;

    /// <summary>What is wrong with a list of mesh indices, one sentence per fault, naming the field; empty when it is right.</summary>
    public static IEnumerable<string> Validate(string field, IReadOnlyList<int> indices)
    {
        HashSet<int> seen = [];
        for (int i = 0; i < indices.Count; i++)
        {
            if (indices[i] is < 0 or >= Count)
            {
                yield return $"{field}[{i}] is {indices[i]}; mesh indices run from 0 to {Count - 1}";
            }
            else if (!seen.Add(indices[i]))
            {
                yield return $"{field}[{i}] names mesh point {indices[i]} a second time";
            }
        }
    }
}
