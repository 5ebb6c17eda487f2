namespace AuStream.Pipeline.Configuration;

/// <summary>One stream.</summary>
public sealed class StreamConfiguration
{
    /// <summary>Id, unique in the file, part of every topic. Letters, digits, '-', '_' and '.'.</summary>
    public string Id { get; set; } = "";

    /// <summary>File, folder of pictures, rtsp://, http(s)://, or /dev/videoN.</summary>
    public string Source { get; set; } = "";

    /// <summary>Most faces measured at once, 1–100.</summary>
    public int MaxFaces { get; set; } = 10;

    /// <summary>Reach of the face detector: <c>auto</c>, <c>short</c> (up to 2 m) or <c>full</c> (up to 5 m and more).</summary>
    public string Detector { get; set; } = "auto";

    /// <summary>Hardware decoding: <c>none</c>, <c>auto</c>, <c>cuda</c> or <c>vaapi</c>.</summary>
    public string HardwareDecoding { get; set; } = "none";

    /// <summary>Seconds without a frame after which a live source is restarted.</summary>
    public double StallSeconds { get; set; } = 20;

    /// <summary>True repeats a file for ever at its own speed, as if it were a camera (tests, exhibitions).</summary>
    public bool Loop { get; set; }

    /// <summary>True delivers a file at the speed of its timestamps, dropping frames like a camera.</summary>
    public bool Realtime { get; set; }
}
