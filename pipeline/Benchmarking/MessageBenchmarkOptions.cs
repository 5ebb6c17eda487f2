namespace AuStream.Pipeline.Benchmarking;

/// <summary>What <c>austream bench-messages</c> does.</summary>
public sealed record MessageBenchmarkOptions
{
    /// <summary>The broker's host; empty starts one of our own.</summary>
    public string Host { get; init; } = "";

    /// <summary>The broker's port; 0 for 1883.</summary>
    public int Port { get; init; }

    /// <summary>First part of every topic.</summary>
    public required string Prefix { get; init; }

    /// <summary>Frame messages per second, of two faces each.</summary>
    public required double FramesPerSecond { get; init; }

    /// <summary>Event messages per second.</summary>
    public required double EventsPerSecond { get; init; }

    /// <summary>How long, in seconds; 0 until <see cref="Events"/> are out.</summary>
    public required double Seconds { get; init; }

    /// <summary>Events in all, over all runs with the same state folder; 0 for as many as come.</summary>
    public long Events { get; init; }

    /// <summary>Folder of the spool; empty for one that is deleted afterwards.</summary>
    public string StateFolder { get; init; } = "";

    /// <summary>True encodes the messages as Protocol Buffers.</summary>
    public bool Protobuf { get; init; }

    /// <summary>True prints one JSON object.</summary>
    public bool Json { get; init; }
}
