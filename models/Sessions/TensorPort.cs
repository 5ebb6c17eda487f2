namespace AuStream.Models.Sessions;

/// <summary>A float32 input or output of a network.</summary>
/// <param name="Name">Name in the file.</param>
/// <param name="ItemShape">Shape without the leading batch dimension; every side is known.</param>
/// <param name="IsBatchDynamic">False when the file fixes the batch to 1.</param>
public sealed record TensorPort(string Name, IReadOnlyList<int> ItemShape, bool IsBatchDynamic)
{
    /// <summary>Values per item of the batch.</summary>
    public int ItemLength { get; } = ItemShape.Aggregate(1, (product, side) => checked(product * side));
}
