namespace AuStream.Stages.Commanding;

/// <summary>Whose commands are heard, and which are obeyed.</summary>
public sealed record CommandListenerOptions
{
    /// <summary>Where the program runs; part of every answer.</summary>
    public required string Site { get; init; }

    /// <summary>The stream.</summary>
    public required string StreamId { get; init; }

    /// <summary>First part of every topic.</summary>
    public required string TopicPrefix { get; init; }

    /// <summary>The commands that are carried out.</summary>
    public required IReadOnlyCollection<StreamCommandName> Allowed { get; init; }
}
