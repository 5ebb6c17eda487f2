using System.ComponentModel.DataAnnotations;
using AuStream.Stages.Publishing;

namespace AuStream.Pipeline.Configuration;

/// <summary>How much is told about the faces that are measured.</summary>
public sealed class PrivacyConfiguration
{
    /// <summary><c>faces</c>, <c>aggregate</c> or <c>events-only</c>.</summary>
    [AllowedValues("faces", "aggregate", "events-only")]
    public string Mode { get; set; } = "faces";

    /// <summary>Fewest faces of a group whose statistics are published, at least 3.</summary>
    [Range(GroupAggregator.SmallestGroup, 100, ErrorMessage = "fewer faces are no group")]
    public int MinimumGroup { get; set; } = GroupAggregator.SmallestGroup;

    /// <summary>Seconds over which a group's statistics are taken.</summary>
    [Range(1, 86_400)]
    public double IntervalSeconds { get; set; } = 10;

    /// <summary>The mode as the stages know it.</summary>
    public PrivacyMode ParseMode() => Mode switch
    {
        "aggregate" => PrivacyMode.Aggregate,
        "events-only" => PrivacyMode.EventsOnly,
        _ => PrivacyMode.Faces,
    };
}
