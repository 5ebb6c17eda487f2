namespace AuStream.Stages.Decoding;

/// <summary>Which hardware decodes. The frames are copied to main memory in any case.</summary>
public enum HardwareDecoding
{
    /// <summary>The processor decodes.</summary>
    Off,

    /// <summary>Whatever ffmpeg finds, the processor where it finds none.</summary>
    Auto,

    /// <summary>NVIDIA's decoder (NVDEC).</summary>
    Cuda,

    /// <summary>Intel's and AMD's decoders (VA-API).</summary>
    Vaapi,
}
