namespace AuStream.Models.Manifests;

/// <summary>Checks an <see cref="ActionUnitModelManifest"/> for contradictions within itself.</summary>
public static class ActionUnitModelManifestValidator
{
    /// <summary>The only version of the format that this program reads.</summary>
    public const string Schema = "austream.model/1";

    /// <summary>Highest intensity: FACS level E.</summary>
    public const float MaximumIntensity = 5;

    private static readonly string[] LandmarkNetworks = ["face_landmark", "face_landmark_with_attention", "landmark-cnn"];

    /// <summary>What is wrong, one sentence per fault, naming the field; empty when the manifest is right.</summary>
    public static IEnumerable<string> Validate(ActionUnitModelManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return ValidateIdentity(manifest)
            .Concat(ValidateActionUnits(manifest.ActionUnits))
            .Concat(CropManifestValidator.Validate(manifest.Crop))
            .Concat(MeshIndices.Validate("landmarks", manifest.Landmarks))
            .Concat(IntensityFieldsValidator.Validate("", manifest.Thresholds, manifest.Calibration, manifest.ActionUnits.Count))
            .Concat(CompanionManifestValidator.Validate(manifest))
            .Concat(manifest.Metrics.Where(metric => !double.IsFinite(metric.Value)).Select(metric => $"metrics.{metric.Key} is not finite"));
    }

    private static IEnumerable<string> ValidateIdentity(ActionUnitModelManifest manifest)
    {
        if (manifest.Schema != Schema)
        {
            yield return $"schema is '{manifest.Schema}'; this version of AuStream reads '{Schema}'";
        }

        if (manifest.Id.Length == 0 || !manifest.Id.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or '_' or '.'))
        {
            yield return $"id is '{manifest.Id}'; it must consist of a–z, 0–9, '-', '_' and '.'";
        }

        if (manifest.Sha256.Length != 64 || !manifest.Sha256.All(char.IsAsciiHexDigit))
        {
            yield return $"sha256 is '{manifest.Sha256}'; it must be 64 hexadecimal digits";
        }

        if (!LandmarkNetworks.Contains(manifest.LandmarkNetwork))
        {
            yield return $"landmark_network is '{manifest.LandmarkNetwork}'; known are {string.Join(", ", LandmarkNetworks)}";
        }

        foreach ((string field, string value) in new[] { ("version", manifest.Version), ("licence", manifest.Licence), ("origin", manifest.Origin) })
        {
            if (string.IsNullOrWhiteSpace(value))
            {
                yield return $"{field} is empty";
            }
        }
    }

    private static IEnumerable<string> ValidateActionUnits(IReadOnlyList<int> actionUnits)
    {
        if (actionUnits.Count == 0)
        {
            yield return "action_units is empty";
        }

        for (int i = 0; i < actionUnits.Count; i++)
        {
            if (actionUnits[i] is < 1 or > 45)
            {
                yield return $"action_units[{i}] is {actionUnits[i]}; FACS numbers run from 1 to 45";
            }
            else if (actionUnits.Take(i).Contains(actionUnits[i]))
            {
                yield return $"action_units[{i}] lists AU{actionUnits[i]} a second time";
            }
        }
    }
}
