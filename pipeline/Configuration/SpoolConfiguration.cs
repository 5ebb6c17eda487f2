using System.ComponentModel.DataAnnotations;

namespace AuStream.Pipeline.Configuration;

/// <summary>How events wait on disk for their broker.</summary>
public sealed class SpoolConfiguration
{
    /// <summary>Most megabytes of events that wait, per stream and broker; beyond it the oldest are lost and counted.</summary>
    [Range(1, 1_000_000)]
    public double MaxMegabytes { get; set; } = 64;

    /// <summary>Longest time in hours that an event waits; older ones are lost and counted.</summary>
    [Range(0.01, 87_600)]
    public double MaxAgeHours { get; set; } = 168;

    /// <summary>True waits for the disk at every event: a power failure then loses none. A killed program loses none either way.</summary>
    public bool SyncEveryEvent { get; set; }
}
