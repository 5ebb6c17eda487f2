using AuStream.Models.Sessions;

namespace AuStream.Stages.ActionUnits;

/// <summary>How faces are put through the action unit network.</summary>
public sealed record ActionUnitNetOptions
{
    /// <summary>Faces in one call of the network; larger groups are split. 1–256.</summary>
    public int MaximumBatch { get; init; } = 16;

    /// <summary>What is wrong, one sentence per fault; empty when the options are right.</summary>
    public IEnumerable<string> Faults()
    {
        if (MaximumBatch is < 1 or > OnnxRunner.LargestBatch)
        {
            yield return $"{nameof(MaximumBatch)} is {MaximumBatch}; it must lie between 1 and {OnnxRunner.LargestBatch}";
        }
    }
}
