namespace AuStream.Synthesis.Samples;

/// <summary>How difficult pictures are.</summary>
public sealed record PictureOptions
{
    /// <summary>Share of pictures with something in front of the face, 0–1.</summary>
    public float OccluderShare { get; init; } = 0.15f;

    /// <summary>True for a frontal head that looks into the camera.</summary>
    public bool IsFrontal { get; init; }

    /// <summary>A frontal face and a faultless camera: for looking at what faces do.</summary>
    public static PictureOptions Portrait { get; } = new() { OccluderShare = 0, IsCameraFaultless = true, IsFrontal = true };

    /// <summary>True for a camera without blur, noise, codec or low resolution: for looking at the people themselves.</summary>
    public bool IsCameraFaultless { get; init; }
}
