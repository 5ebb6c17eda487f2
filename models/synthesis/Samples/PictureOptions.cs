namespace AuStream.Synthesis.Samples;

/// <summary>How difficult pictures are.</summary>
public sealed record PictureOptions
{
    /// <summary>Share of pictures with something in front of the face, 0–1.</summary>
    public float OccluderShare { get; init; } = 0.15f;

    /// <summary>True for a frontal head that looks into the camera.</summary>
    public bool IsFrontal { get; init; }

    /// <summary>Pixels between the eyes of a frontal face; drawn from 46 to 72 where there is none.</summary>
    public float? EyeDistance { get; init; }

    /// <summary>A frontal face that fills the picture and a faultless camera: for looking at what faces do.</summary>
    public static PictureOptions Portrait { get; } = new() { OccluderShare = 0, IsCameraFaultless = true, IsFrontal = true, EyeDistance = 84 };

    /// <summary>False for skin that does not wrinkle when it moves.</summary>
    public bool HasWrinkles { get; init; } = true;

    /// <summary>True for light from everywhere alike, without shadows.</summary>
    public bool IsLitEvenly { get; init; }

    /// <summary>True for a camera without blur, noise, codec or low resolution: for looking at the people themselves.</summary>
    public bool IsCameraFaultless { get; init; }
}
