namespace AuStream.Pipeline.Benchmarking;

/// <summary>What <c>austream bench</c> was asked for.</summary>
public sealed record BenchmarkOptions
{
    /// <summary>The video file.</summary>
    public required string Input { get; init; }

    /// <summary>Id of the action unit network.</summary>
    public required string Model { get; init; }

    /// <summary>Streams side by side, 1–64.</summary>
    public required int Streams { get; init; }

    /// <summary>Least measured time in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>Frames per second of a camera to imitate, or 0 to go as fast as possible.</summary>
    public required double LiveFramesPerSecond { get; init; }

    /// <summary>Landmark network: auto (the one that the model was trained with), or its id.</summary>
    public string Landmarks { get; init; } = "auto";

    /// <summary>Whether the temporal head is used: auto, on or off.</summary>
    public string Temporal { get; init; } = "auto";

    /// <summary>Where neutral faces come from: auto, off, enrolled or estimated.</summary>
    public string Reference { get; init; } = "auto";

    /// <summary>So many tracks whose memory is measured too, 0–10,000; 0 leaves it out.</summary>
    public int Tracks { get; init; }

    /// <summary>What computes the networks: auto, tensorrt, cuda or cpu.</summary>
    public string Provider { get; init; } = "auto";

    /// <summary>Whether streams share calls of the networks: auto, on or off.</summary>
    public string ShareCalls { get; init; } = "auto";

    /// <summary>True prints JSON.</summary>
    public required bool Json { get; init; }
}
