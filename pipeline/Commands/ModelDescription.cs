using System.Globalization;
using AuStream.Models.Manifests;
using AuStream.Stages.ActionUnits;

namespace AuStream.Pipeline.Commands;

/// <summary>What a model's manifest says, for people.</summary>
public static class ModelDescription
{
    /// <summary>Every field with its value, in reading order.</summary>
    public static IEnumerable<(string Field, string Value)> Of(ActionUnitModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        ActionUnitModelManifest manifest = model.Manifest;
        yield return ("id", manifest.Id);
        yield return ("version", manifest.Version);
        yield return ("network", model.NetworkPath);
        yield return ("sha256", manifest.Sha256);
        yield return ("crop", string.Create(CultureInfo.InvariantCulture, $"{manifest.Crop.Size} px, {manifest.Crop.AnchorLandmarks.Count} anchor landmarks"));
        yield return ("landmarks", string.Create(CultureInfo.InvariantCulture, $"{manifest.Landmarks.Count} points of {manifest.LandmarkNetwork}"));
        yield return ("temporal head", TemporalHead(manifest, brief: false));
        yield return ("neutral face", NeutralFace(manifest));
        for (int i = 0; i < manifest.ActionUnits.Count; i++)
        {
            string temporal = manifest.Temporal is null ? "" : FormattableString.Invariant($", with the temporal head {manifest.Temporal.Thresholds[i]:F2}");
            yield return (
                ActionUnitNames.CodeOf(manifest.ActionUnits[i]),
                FormattableString.Invariant($"{ActionUnitNames.NameOf(manifest.ActionUnits[i])}, present from intensity {manifest.Thresholds[i]:F2}{temporal}"));
        }

        foreach ((string metric, double value) in manifest.Metrics)
        {
            yield return (metric, value.ToString("G4", CultureInfo.InvariantCulture));
        }

        foreach ((string metric, double value) in manifest.Temporal?.Metrics ?? new Dictionary<string, double>())
        {
            yield return ($"temporal {metric}", value.ToString("G4", CultureInfo.InvariantCulture));
        }

        yield return ("licence", manifest.Licence);
        yield return ("origin", manifest.Origin);
        if (manifest.Temporal is { Origin.Length: > 0 } head)
        {
            yield return ("temporal origin", head.Origin);
        }
    }

    /// <summary>Whether there is a temporal head, and whether it is on by default.</summary>
    public static string TemporalHead(ActionUnitModelManifest manifest, bool brief)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        if (manifest.Temporal is not TemporalManifest temporal)
        {
            return "none";
        }

        string state = temporal.IsOnByDefault ? "on" : "off by default";
        return brief ? state : FormattableString.Invariant(
            $"{state}, {temporal.Layers} × {temporal.Units} units, {(temporal.UsesReference ? "with" : "without")} neutral reference, starts anew after {temporal.GapSeconds} s");
    }

    /// <summary>How a neutral face is used.</summary>
    public static string NeutralFace(ActionUnitModelManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        bool byHead = manifest.Temporal is { UsesReference: true };
        return manifest.Relative is { IsOnByDefault: true } ? byHead ? "temporal head, relative network" : "relative network"
            : byHead ? "temporal head, subtraction" : "subtraction";
    }
}
