namespace AuStream.Models.Sessions;

/// <summary>Which execution providers may compute a network.</summary>
public enum ProviderPreference
{
    /// <summary>The first that works here of TensorRT, CUDA and the processor.</summary>
    Auto,

    /// <summary>TensorRT or nothing.</summary>
    TensorRt,

    /// <summary>CUDA or nothing.</summary>
    Cuda,

    /// <summary>The processor.</summary>
    Cpu,
}
