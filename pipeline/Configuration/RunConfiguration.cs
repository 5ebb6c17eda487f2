namespace AuStream.Pipeline.Configuration;

/// <summary>What <c>austream run --config FILE</c> does: the file's keys in snake case, every one documented in edge-config/example.yaml.</summary>
public sealed class RunConfiguration
{
    /// <summary>Name of the place, part of every message. Letters, digits, '-', '_' and '.'.</summary>
    public string Site { get; set; } = "local";

    /// <summary>What the measurements are for, in the operator's words. Required: measuring people needs a declared purpose.</summary>
    public string Purpose { get; set; } = "";

    /// <summary>Id of the action unit network.</summary>
    public string Model { get; set; } = "austream-base";

    /// <summary>The broker to publish to.</summary>
    public BrokerConfiguration Broker { get; set; } = new();

    /// <summary>Folder for frames.csv, events.tsv and annotations.eaf per stream, or empty for none.</summary>
    public string OutputFolder { get; set; } = "";

    /// <summary>The streams; at least one.</summary>
    public List<StreamConfiguration> Streams { get; set; } = [];
}
