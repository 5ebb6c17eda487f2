using AuStream.Synthesis.Cameras;

namespace AuStream.Synthesis.Samples;

/// <summary>How a sequence is filmed.</summary>
public sealed record SequenceOptions
{
    /// <summary>Columns, even.</summary>
    public int Width { get; init; } = 640;

    /// <summary>Rows, even.</summary>
    public int Height { get; init; } = 360;

    /// <summary>Frames per second, 5–60.</summary>
    public double FramesPerSecond { get; init; } = 25;

    /// <summary>Seed of room, light, clothes and camera.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Sway of a held camera in pixels; 0 is a tripod.</summary>
    public float CameraSway { get; init; } = 1.5f;

    /// <summary>The camera's faults; noise differs from frame to frame.</summary>
    public CameraSettings Camera { get; init; } = new() { ReadNoise = 0.004f, ShotNoise = 0.008f, Blur = 0.4f };

    /// <exception cref="ArgumentException">A value out of range.</exception>
    public void Validate()
    {
        if (Width < 64 || Height < 64 || Width > 4096 || Height > 4096 || Width % 2 != 0 || Height % 2 != 0)
        {
            throw new ArgumentException($"A picture of {Width}×{Height} pixels; sides are even and from 64 to 4096.");
        }

        if (FramesPerSecond is not (>= 5 and <= 60))
        {
            throw new ArgumentException($"{FramesPerSecond} frames per second; sequences have 5 to 60.");
        }
    }
}
