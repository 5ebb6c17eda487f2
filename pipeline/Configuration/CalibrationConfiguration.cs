using System.ComponentModel.DataAnnotations;

namespace AuStream.Pipeline.Configuration;

/// <summary>What action units are measured relative to (docs/time.md).</summary>
public sealed class CalibrationConfiguration
{
    /// <summary>Where neutral faces come from: <c>auto</c>, <c>off</c>, <c>enrolled</c> or <c>estimated</c>.</summary>
    [AllowedValues("auto", "off", "enrolled", "estimated")]
    public string Reference { get; set; } = "auto";

    /// <summary>Folder where enrolled names are kept over restarts, or empty to keep them in memory only.</summary>
    public string Store { get; set; } = "";
}
