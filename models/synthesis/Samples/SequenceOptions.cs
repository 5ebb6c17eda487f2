using AuStream.Synthesis.Cameras;
using AuStream.Synthesis.Randomness;

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

    /// <summary>How far the camera's own motion moves the whole picture, in pixels.</summary>
    public float CameraMotion { get; init; }

    /// <summary>How much the light changes over time, as a logarithm: 0.3 is about a third brighter and darker.</summary>
    public float LightChange { get; init; }

    /// <summary>Share of frames left out at random, 0–0.8: what remains keeps its timestamps, as in recordings of variable frame rate.</summary>
    public float DroppedFrames { get; init; }

    /// <summary>The camera's faults; noise differs from frame to frame.</summary>
    public CameraSettings Camera { get; init; } = new() { ReadNoise = 0.004f, ShotNoise = 0.008f, Blur = 0.4f };

    /// <summary>True for frames that are filmed; the first one always is.</summary>
    internal bool IsFilmed(int frame) => frame == 0 || !new RandomStream(Seed).Split("dropped").Split((ulong)frame).Chance(DroppedFrames);

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

        if (DroppedFrames is not (>= 0 and <= 0.8f))
        {
            throw new ArgumentException($"{nameof(DroppedFrames)} is {DroppedFrames}; 0 to 0.8 of the frames can be left out.");
        }
    }
}
