namespace AuStream.Models.Importing.Conversion;

/// <summary>An output of a converted model: its name, and its shape without the batch dimension.</summary>
internal sealed record OutputTensor(string Name, params long[] Shape);
