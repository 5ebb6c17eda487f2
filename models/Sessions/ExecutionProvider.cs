namespace AuStream.Models.Sessions;

/// <summary>What computes a network.</summary>
public enum ExecutionProvider
{
    /// <summary>ONNX Runtime's own kernels on the processor.</summary>
    Cpu,

    /// <summary>NVIDIA CUDA and cuDNN.</summary>
    Cuda,

    /// <summary>NVIDIA TensorRT; what it cannot compute runs on CUDA.</summary>
    TensorRt,
}
