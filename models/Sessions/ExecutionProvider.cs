namespace AuStream.Models.Sessions;

/// <summary>What computes a network.</summary>
public enum ExecutionProvider
{
    /// <summary>ONNX Runtime's own kernels on the processor.</summary>
    Cpu,
}
