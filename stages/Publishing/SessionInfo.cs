using AuStream.Stages.Calibrating;

namespace AuStream.Stages.Publishing;

/// <summary>What every message and file of one run of one stream says about where it comes from.</summary>
public sealed record SessionInfo
{
    /// <summary>Where the program runs, as configured, e.g. <c>lab-2</c>.</summary>
    public required string Site { get; init; }

    /// <summary>The stream's id, as configured.</summary>
    public required string StreamId { get; init; }

    /// <summary>Id of this run of this stream (<see cref="EventIdGenerator"/>); new after every start of the program.</summary>
    public required string SessionId { get; init; }

    /// <summary>When the run began, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>What is measured, without any password: <c>SourceDescription.Uri</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Id of the action unit model.</summary>
    public required string ModelId { get; init; }

    /// <summary>Version of the action unit model.</summary>
    public required string ModelVersion { get; init; }

    /// <summary>FACS numbers in the model's order: the order of the scores, intensities and presences of every face.</summary>
    public required IReadOnlyList<int> ActionUnits { get; init; }

    /// <summary>True when the model's temporal head is used.</summary>
    public bool UsesTemporalHead { get; init; }

    /// <summary>Where neutral faces come from.</summary>
    public ReferenceMode Reference { get; init; } = ReferenceMode.Off;

    /// <summary>How often the source is read: 2 where neutral faces come from a first reading of the whole recording.</summary>
    public int Readings { get; init; } = 1;

    /// <summary>Version of the program.</summary>
    public string SoftwareVersion { get; init; } = typeof(SessionInfo).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";
}
