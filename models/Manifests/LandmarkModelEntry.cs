namespace AuStream.Models.Manifests;

/// <summary>One landmark network of the model folders, or a manifest that was refused.</summary>
/// <param name="Id">The id that selects it.</param>
/// <param name="Manifest">The manifest, or null when it was refused.</param>
/// <param name="Fault">Why it was refused, or null.</param>
public sealed record LandmarkModelEntry(string Id, LandmarkModelManifest? Manifest, string? Fault);
