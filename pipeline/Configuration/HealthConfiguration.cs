using System.ComponentModel.DataAnnotations;

namespace AuStream.Pipeline.Configuration;

/// <summary>The HTTP endpoints for probes and metrics: /livez, /readyz, /metrics.</summary>
public sealed class HealthConfiguration
{
    /// <summary>False opens no port.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Address to listen on. Loopback unless somebody outside this machine, or outside this container, has to ask.</summary>
    [RegularExpression("^([0-9.]+|[0-9a-fA-F:]*:[0-9a-fA-F:.]*|localhost|\\*)$", ErrorMessage = "is no IP address: use 127.0.0.1, 0.0.0.0, ::1, or '*' for all of this machine's")]
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>Port; 0 takes any free one. Left out: 9464, or any free one while another program has that.</summary>
    [Range(0, 65535)]
    public int? Port { get; set; }
}
