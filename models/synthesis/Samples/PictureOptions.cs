namespace AuStream.Synthesis.Samples;

/// <summary>How difficult pictures are.</summary>
public sealed record PictureOptions
{
    /// <summary>Share of pictures with something in front of the face, 0–1.</summary>
    public float OccluderShare { get; init; } = 0.12f;

    /// <summary>True for a camera without blur, noise, codec or low resolution: for looking at the people themselves.</summary>
    public bool IsCameraFaultless { get; init; }
}
