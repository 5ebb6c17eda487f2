using System.Text.Json.Serialization;

namespace AuStream.Pipeline.Benchmarking;

/// <summary>What a benchmark measured; the JSON that <c>bench --json</c> prints.</summary>
public sealed record BenchmarkReport
{
    /// <summary>Version of this format.</summary>
    [JsonPropertyName("schema")]
    public string Schema { get; init; } = "austream.bench/1";

    /// <summary>File name of the input.</summary>
    [JsonPropertyName("input")]
    public required string Input { get; init; }

    /// <summary>Action unit network.</summary>
    [JsonPropertyName("model")]
    public required string Model { get; init; }

    /// <summary>Landmark network.</summary>
    [JsonPropertyName("landmarks")]
    public required string Landmarks { get; init; }

    /// <summary>True when the temporal head was used.</summary>
    [JsonPropertyName("temporal_head")]
    public required bool UsesTemporalHead { get; init; }

    /// <summary>Where neutral faces came from: off, enrolled or estimated.</summary>
    [JsonPropertyName("neutral_reference")]
    public required string NeutralReference { get; init; }

    /// <summary>Neutral reference, temporal head, late fusion and event smoothing together, milliseconds per face and frame.</summary>
    [JsonPropertyName("time_ms_per_face")]
    public required double TimeMillisecondsPerFace { get; init; }

    /// <summary>Tracks whose memory was measured; 0 for none.</summary>
    [JsonPropertyName("tracks")]
    public required int Tracks { get; init; }

    /// <summary>Managed memory of so many tracks in MiB: neutral references, temporal state and event smoothing.</summary>
    [JsonPropertyName("tracks_mb")]
    public required double TracksMebibytes { get; init; }

    /// <summary>What computed the networks: cpu, cuda, tensorrt.</summary>
    [JsonPropertyName("provider")]
    public required string Provider { get; init; }

    /// <summary>True when streams that called a network at the same time shared one call.</summary>
    [JsonPropertyName("calls_are_shared")]
    public required bool CallsAreShared { get; init; }

    /// <summary>Mean number of faces in one call of the action unit network, warm-up included.</summary>
    [JsonPropertyName("faces_per_call")]
    public required double FacesPerCall { get; init; }

    /// <summary>Processor name and cores usable by the program.</summary>
    [JsonPropertyName("machine")]
    public required string Machine { get; init; }

    /// <summary>Streams side by side.</summary>
    [JsonPropertyName("streams")]
    public required int Streams { get; init; }

    /// <summary>Imposed frames per second, 0 for as fast as possible.</summary>
    [JsonPropertyName("live_fps")]
    public required double LiveFramesPerSecond { get; init; }

    /// <summary>Measured time in seconds, warm-up left out.</summary>
    [JsonPropertyName("seconds")]
    public required double Seconds { get; init; }

    /// <summary>Published frames, all streams.</summary>
    [JsonPropertyName("frames")]
    public required long Frames { get; init; }

    /// <summary>Dropped frames, all streams.</summary>
    [JsonPropertyName("dropped")]
    public required long Dropped { get; init; }

    /// <summary>Mean visible faces per frame.</summary>
    [JsonPropertyName("faces_per_frame")]
    public required double FacesPerFrame { get; init; }

    /// <summary>Published frames per second, all streams.</summary>
    [JsonPropertyName("fps")]
    public required double FramesPerSecond { get; init; }

    /// <summary>Milliseconds from a frame's arrival from the decoder to its publication.</summary>
    [JsonPropertyName("latency_ms")]
    public required LatencyReport Latency { get; init; }

    /// <summary>Milliseconds of work per frame in each stage; decode_wait is the time the chain waited for the decoder.</summary>
    [JsonPropertyName("stages")]
    public required IReadOnlyDictionary<string, double> Stages { get; init; }

    /// <summary>Managed bytes allocated per published frame.</summary>
    [JsonPropertyName("allocated_bytes_per_frame")]
    public required double AllocatedBytesPerFrame { get; init; }

    /// <summary>Largest resident set of the program (without ffmpeg and the broker) in MiB.</summary>
    [JsonPropertyName("peak_rss_mb")]
    public required double PeakResidentMebibytes { get; init; }

    /// <summary>Resident set at the start of the measurement in MiB.</summary>
    [JsonPropertyName("start_rss_mb")]
    public required double StartResidentMebibytes { get; init; }

    /// <summary>Resident set at the end of the measurement in MiB.</summary>
    [JsonPropertyName("end_rss_mb")]
    public required double EndResidentMebibytes { get; init; }
}
