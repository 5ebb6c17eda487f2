using System.ComponentModel.DataAnnotations;

namespace AuStream.Pipeline.Configuration;

/// <summary>What <c>austream run --config FILE</c> does: the file's keys in snake case, every one documented in edge-config/example.yaml.</summary>
public sealed class RunConfiguration
{
    /// <summary>Name of the place, part of every message. Letters, digits, '-', '_' and '.'.</summary>
    [RegularExpression(ConfigurationRules.Name, ErrorMessage = ConfigurationRules.NameFault)]
    public string Site { get; set; } = "local";

    /// <summary>What the measurements are for, in the operator's words. Required: measuring people needs a declared purpose.</summary>
    [Required(ErrorMessage = "is missing: say in a few words what the measurements are for (docs/responsible-use.md)")]
    public string Purpose { get; set; } = "";

    /// <summary>Id of the action unit network.</summary>
    public string Model { get; set; } = "austream-base";

    /// <summary>Id of the landmark network, or <c>auto</c> for the one that the action unit network was trained with.</summary>
    [AllowedValues("auto", "face_landmark", "face_landmark_with_attention", "landmark-cnn")]
    public string Landmarks { get; set; } = "auto";

    /// <summary>What computes the networks: <c>auto</c> (the best that works here), <c>tensorrt</c>, <c>cuda</c> or <c>cpu</c>.</summary>
    [AllowedValues("auto", "tensorrt", "cuda", "cpu")]
    public string Provider { get; set; } = "auto";

    /// <summary>Whether streams that call a network at the same time share one call: <c>auto</c> (on a GPU), <c>on</c> or <c>off</c>.</summary>
    [AllowedValues("auto", "on", "off")]
    public string ShareCalls { get; set; } = "auto";

    /// <summary>Folder for what can be made again, such as TensorRT's engines; empty for AUSTREAM_CACHE, or austream in the user's cache folder.</summary>
    public string CacheFolder { get; set; } = "";

    /// <summary>The broker to publish to.</summary>
    public BrokerConfiguration Broker { get; set; } = new();

    /// <summary>A Dapr sidecar to publish through, beside the broker or in its stead.</summary>
    public DaprConfiguration Dapr { get; set; } = new();

    /// <summary>How messages are encoded: <c>json</c> or <c>protobuf</c>.</summary>
    [AllowedValues("json", "protobuf")]
    public string Encoding { get; set; } = "json";

    /// <summary>How much is told about faces.</summary>
    public PrivacyConfiguration Privacy { get; set; } = new();

    /// <summary>Commands that are carried out when they come on {prefix}/{stream}/commands; empty for none.</summary>
    [AllowedValues("enrol_neutral", "start", "stop", "set_threshold")]
    public List<string> Commands { get; set; } = [];

    /// <summary>Folder of the spool and the audit log, or empty for one in the user's state folder, named after the configuration.</summary>
    public string StateFolder { get; set; } = "";

    /// <summary>The events that wait on disk.</summary>
    public SpoolConfiguration Spool { get; set; } = new();

    /// <summary>The audit log's file, or empty for audit.jsonl in the state folder.</summary>
    public string AuditLog { get; set; } = "";

    /// <summary>Probes and metrics over HTTP.</summary>
    public HealthConfiguration Health { get; set; } = new();

    /// <summary>Metrics pushed to a collector.</summary>
    public TelemetryConfiguration Telemetry { get; set; } = new();

    /// <summary>Folder for frames.csv, events.tsv, annotations.eaf and report.html per stream, or empty for none.</summary>
    public string OutputFolder { get; set; } = "";

    /// <summary>True also writes the messages themselves into the output folder, as JSON Lines.</summary>
    public bool OutputMessages { get; set; }

    /// <summary>Whether the model's temporal head is used: <c>auto</c> (as its manifest says), <c>on</c> or <c>off</c>.</summary>
    [AllowedValues("auto", "on", "off")]
    public string Temporal { get; set; } = "auto";

    /// <summary>What action units are measured relative to.</summary>
    public CalibrationConfiguration Calibration { get; set; } = new();

    /// <summary>How intensities over time become events.</summary>
    public EventConfiguration Events { get; set; } = new();

    /// <summary>The streams; at least one.</summary>
    [MinLength(1, ErrorMessage = "has no stream: give at least one with 'id' and 'source'")]
    public List<StreamConfiguration> Streams { get; set; } = [];

    /// <summary>True when messages go to an MQTT broker: always, unless only Dapr is named.</summary>
    public bool PublishesMqtt => !Dapr.Publishes || Broker.Embedded == true || Broker.Host.Length > 0;
}
