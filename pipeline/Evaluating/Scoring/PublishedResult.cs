using System.Text.Json.Serialization;

namespace AuStream.Pipeline.Evaluating.Scoring;

/// <summary>What a paper reports for a dataset.</summary>
internal sealed record PublishedResult
{
    /// <summary>Id of the dataset.</summary>
    [JsonRequired]
    public string Dataset { get; init; } = "";

    /// <summary>Id of the protocol that it is shown beside; null for every one.</summary>
    public string? Protocol { get; init; }

    /// <summary>Name of the system.</summary>
    [JsonRequired]
    public string System { get; init; } = "";

    /// <summary>Paper and table.</summary>
    [JsonRequired]
    public string Source { get; init; } = "";

    /// <summary>How the paper's protocol differs; empty where it does not.</summary>
    public string Difference { get; init; } = "";

    /// <summary>F1-frame, 0–1, by FACS number.</summary>
    [JsonRequired]
    public IReadOnlyDictionary<int, double> F1 { get; init; } = new Dictionary<int, double>();

    /// <summary>Mean F1-frame, 0–1: as printed, or the mean of the above where the paper prints none.</summary>
    [JsonRequired]
    [JsonPropertyName("mean_f1")]
    public double MeanF1 { get; init; }
}
