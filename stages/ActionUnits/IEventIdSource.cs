namespace AuStream.Stages.ActionUnits;

/// <summary>Gives every event its id.</summary>
/// <remarks>Implementations are thread-safe: one source serves all streams.</remarks>
public interface IEventIdSource
{
    /// <summary>A new id: never given before, also not before a restart, and greater (ordinal comparison) than the ids given before it.</summary>
    string Next();
}
