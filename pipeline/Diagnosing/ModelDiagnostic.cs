using AuStream.Models.Importing;
using AuStream.Models.Manifests;
using AuStream.Models.Sessions;
using AuStream.Pipeline.Commands;

namespace AuStream.Pipeline.Diagnosing;

/// <summary>The face networks, and the networks that measure action units: there, and the files that their manifests say.</summary>
/// <param name="store">Where they are looked for.</param>
public sealed class ModelDiagnostic(ModelStore store) : IDiagnostic
{
    /// <inheritdoc/>
    public string Name => "models";

    /// <inheritdoc/>
    public Task<IReadOnlyList<DiagnosticCheck>> ExamineAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<DiagnosticCheck>>([ExamineFaceModels(), .. ExamineActionUnitModels()]);

    private DiagnosticCheck ExamineFaceModels()
    {
        const string name = "face models";
        List<string> faults = [];
        foreach (string id in MediaPipeImporter.ModelIds)
        {
            try
            {
                store.Verify(id);
            }
            catch (ModelNotFoundException)
            {
                faults.Add($"{id} is not there");
            }
            catch (ModelLoadException fault)
            {
                faults.Add(fault.Message);
            }
        }

        return faults.Count == 0
            ? DiagnosticCheck.Ok(name, string.Join(", ", MediaPipeImporter.ModelIds))
            : DiagnosticCheck.Missing(name, string.Join("; ", faults), "./austream setup imports them; remove artifacts/models first where a file is damaged.");
    }

    private IEnumerable<DiagnosticCheck> ExamineActionUnitModels()
    {
        const string name = "action units";
        IReadOnlyList<ActionUnitModelEntry> entries = new ActionUnitModelCatalog(store).List();
        if (entries.Count == 0)
        {
            yield return DiagnosticCheck.Missing(name, $"no network in {string.Join(", ", store.Folders)}",
                "Restore models/zoo, or set AUSTREAM_MODELS to the folder that has them.");
        }

        foreach (ActionUnitModelEntry entry in entries)
        {
            yield return Examine(name, entry);
        }
    }

    private static DiagnosticCheck Examine(string name, ActionUnitModelEntry entry)
    {
        const string remedy = "Restore models/zoo; 'austream models verify' checks again.";
        if (entry.Model is null)
        {
            return DiagnosticCheck.Missing(name, $"{entry.Id}: {entry.Fault}", remedy);
        }

        try
        {
            entry.Model.VerifyHash();
        }
        catch (ModelLoadException fault)
        {
            return DiagnosticCheck.Missing(name, $"{entry.Id}: {fault.Message}", remedy);
        }

        ActionUnitModelManifest manifest = entry.Model.Manifest;
        return DiagnosticCheck.Ok(name, $"{manifest.Id} {manifest.Version}: AU {string.Join(' ', manifest.ActionUnits)}; "
            + $"temporal head {ModelDescription.TemporalHead(manifest, brief: true)}, neutral face {ModelDescription.NeutralFace(manifest)}");
    }
}
