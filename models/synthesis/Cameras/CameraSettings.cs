using System.Numerics;

namespace AuStream.Synthesis.Cameras;

/// <summary>How a camera and what comes after it turn light into bytes. The defaults are a faultless camera.</summary>
public sealed record CameraSettings
{
    /// <summary>Factor on linear light.</summary>
    public float Exposure { get; init; } = 1;

    /// <summary>White balance: factors on red, green, blue.</summary>
    public Vector3 ColorCast { get; init; } = Vector3.One;

    /// <summary>Contrast around middle grey, 0.6–1.4.</summary>
    public float Contrast { get; init; } = 1;

    /// <summary>Added to the values after the tone curve, −0.15–0.15.</summary>
    public float Brightness { get; init; }

    /// <summary>Colourfulness, 0 (grey) to 1.5.</summary>
    public float Saturation { get; init; } = 1;

    /// <summary>Share of the picture's pixels per side that the camera resolves, 0.1–1.</summary>
    public float Resolution { get; init; } = 1;

    /// <summary>Standard deviation of lens blur in pixels of the camera, 0 for none.</summary>
    public float Blur { get; init; }

    /// <summary>Motion of everything during exposure in pixels of the camera.</summary>
    public Vector2 Motion { get; init; }

    /// <summary>Halo of over-sharpening, 0–1.5.</summary>
    public float Sharpening { get; init; }

    /// <summary>Standard deviation of noise in the dark, of values 0–1.</summary>
    public float ReadNoise { get; init; }

    /// <summary>Standard deviation of noise at full brightness that grows with the root of light.</summary>
    public float ShotNoise { get; init; }

    /// <summary>JPEG quality 5–100 as libjpeg counts, or 0 for none.</summary>
    public int JpegQuality { get; init; }

    /// <summary>Quantiser of a video encoder, 20 (fine) to 45 (coarse) as H.264 counts, or 0 for none.</summary>
    public int VideoQuantizer { get; init; }

    /// <summary>Seed of the noise and of where block borders fall.</summary>
    public ulong Seed { get; init; }
}
