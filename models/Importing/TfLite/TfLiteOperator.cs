namespace AuStream.Models.Importing.TfLite;

/// <summary>A node of the graph.</summary>
/// <param name="Kind">The built-in operation's name as in the TensorFlow Lite schema, or the custom operation's own name.</param>
/// <param name="Inputs">Tensor indices; −1 for an absent optional input.</param>
/// <param name="Outputs">Tensor indices.</param>
/// <param name="Options">The operation's own options, where it has any.</param>
/// <param name="CustomOptions">FlexBuffers of a custom operation.</param>
internal sealed record TfLiteOperator(
    string Kind, int[] Inputs, int[] Outputs, FlatBufferTable? Options, ReadOnlyMemory<byte> CustomOptions);
