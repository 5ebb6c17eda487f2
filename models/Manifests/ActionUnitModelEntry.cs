namespace AuStream.Models.Manifests;

/// <summary>One line of the catalog: a usable model, or a manifest that was refused.</summary>
/// <param name="Id">The id that selects it.</param>
/// <param name="ManifestPath">Path of its manifest.</param>
/// <param name="Model">The model, or null when it was refused.</param>
/// <param name="Fault">Why it was refused, or null.</param>
public sealed record ActionUnitModelEntry(string Id, string ManifestPath, ActionUnitModel? Model, string? Fault);
