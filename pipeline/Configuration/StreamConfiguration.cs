using System.ComponentModel.DataAnnotations;

namespace AuStream.Pipeline.Configuration;

/// <summary>One stream.</summary>
public sealed class StreamConfiguration
{
    /// <summary>Id, unique in the file, part of every topic. Letters, digits, '-', '_' and '.'.</summary>
    [Required]
    [RegularExpression(ConfigurationRules.Name, ErrorMessage = ConfigurationRules.NameFault)]
    public string Id { get; set; } = "";

    /// <summary>File, folder of pictures, rtsp://, http(s)://, or /dev/videoN.</summary>
    [Required(ErrorMessage = "is missing: give a file, a folder, rtsp://, http(s):// or /dev/videoN")]
    public string Source { get; set; } = "";

    /// <summary>Most faces measured at once, 1–100.</summary>
    [Range(1, 100)]
    public int MaxFaces { get; set; } = 10;

    /// <summary>Reach of the face detector: <c>auto</c>, <c>short</c> (up to 2 m) or <c>full</c> (up to 5 m and more).</summary>
    [AllowedValues("auto", "short", "full")]
    public string Detector { get; set; } = "auto";

    /// <summary>Name of the only person before this camera, whose stored neutral face every face of the stream has; empty for none.</summary>
    [RegularExpression("^([A-Za-z0-9_-][A-Za-z0-9._-]{0,63})?$", ErrorMessage = "cannot be a name: use up to 64 letters, digits, '-', '_' and '.', and do not begin with '.'")]
    public string Neutral { get; set; } = "";

    /// <summary>Hardware decoding: <c>none</c>, <c>auto</c>, <c>cuda</c> or <c>vaapi</c>.</summary>
    [AllowedValues("none", "auto", "cuda", "vaapi")]
    public string HardwareDecoding { get; set; } = "none";

    /// <summary>Seconds without a frame after which a live source is restarted.</summary>
    [Range(1, 3600)]
    public double StallSeconds { get; set; } = 20;

    /// <summary>True repeats a file for ever at its own speed, as if it were a camera (tests, exhibitions).</summary>
    public bool Loop { get; set; }

    /// <summary>True delivers a file at the speed of its timestamps, dropping frames like a camera.</summary>
    public bool Realtime { get; set; }

    /// <summary>Intensities (0–5) from which an action unit counts as present, by FACS number, instead of the model's own.</summary>
    [Range(0, 5)]
    public Dictionary<int, double> Thresholds { get; set; } = [];
}
