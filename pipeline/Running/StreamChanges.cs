namespace AuStream.Pipeline.Running;

/// <summary>What applying a new list of streams changed.</summary>
/// <param name="Started">Ids of new streams.</param>
/// <param name="Restarted">Ids of streams whose settings changed.</param>
/// <param name="Stopped">Ids of streams that are gone.</param>
internal sealed record StreamChanges(IReadOnlyList<string> Started, IReadOnlyList<string> Restarted, IReadOnlyList<string> Stopped)
{
    /// <summary>Whether nothing changed.</summary>
    public bool AreNone => Started.Count + Restarted.Count + Stopped.Count == 0;

    /// <inheritdoc/>
    public override string ToString()
    {
        (string Verb, IReadOnlyList<string> Ids)[] kinds = [("started", Started), ("restarted", Restarted), ("stopped", Stopped)];
        return AreNone ? "no stream changed" : string.Join("; ", kinds.Where(kind => kind.Ids.Count > 0).Select(kind => $"{kind.Verb} {string.Join(", ", kind.Ids)}"));
    }
}
