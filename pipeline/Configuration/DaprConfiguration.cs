using System.ComponentModel.DataAnnotations;

namespace AuStream.Pipeline.Configuration;

/// <summary>Publishing through a Dapr sidecar, and secrets from it.</summary>
public sealed class DaprConfiguration
{
    /// <summary>Name of the pub/sub component to publish to, or empty for none.</summary>
    public string Pubsub { get; set; } = "";

    /// <summary>The sidecar's HTTP port; 0 takes the environment's <c>DAPR_HTTP_PORT</c>, or 3500.</summary>
    [Range(0, 65535)]
    public int HttpPort { get; set; }

    /// <summary>What stands between the parts of a topic; brokers that do not take '/' in names want another, such as '.'.</summary>
    [RegularExpression("^[/._~-]$", ErrorMessage = "cannot separate the parts of a topic: one of / . - _ ~ is possible")]
    public string TopicSeparator { get; set; } = "/";

    /// <summary>Name of the secret store component, for <c>broker.password_dapr_secret</c>.</summary>
    public string SecretStore { get; set; } = "";

    /// <summary>True when messages go to the sidecar.</summary>
    public bool Publishes => Pubsub.Length > 0;
}
