namespace AuStream.Models.Manifests;

/// <summary>Checks an <see cref="ActionUnitModelManifest"/> for contradictions within itself.</summary>
public static class ActionUnitModelManifestValidator
{
    /// <summary>The only version of the format that this program reads.</summary>
    public const string Schema = "austream.model/1";

    /// <summary>Highest intensity: FACS level E.</summary>
    public const float MaximumIntensity = 5;

    private static readonly string[] LandmarkNetworks = ["face_landmark", "face_landmark_with_attention"];

    /// <summary>What is wrong, one sentence per fault, naming the field; empty when the manifest is right.</summary>
    public static IEnumerable<string> Validate(ActionUnitModelManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return ValidateIdentity(manifest)
            .Concat(ValidateActionUnits(manifest.ActionUnits))
            .Concat(CropManifestValidator.Validate(manifest.Crop))
            .Concat(MeshIndices.Validate("landmarks", manifest.Landmarks))
            .Concat(ValidateThresholds(manifest))
            .Concat(ValidateCalibration(manifest))
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
            yield return $"landmark_network is '{manifest.LandmarkNetwork}'; known are {string.Join(" and ", LandmarkNetworks)}";
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

    private static IEnumerable<string> ValidateThresholds(ActionUnitModelManifest manifest)
    {
        if (manifest.Thresholds.Count != manifest.ActionUnits.Count)
        {
            yield return $"thresholds has {manifest.Thresholds.Count} values; action_units has {manifest.ActionUnits.Count}";
        }

        for (int i = 0; i < manifest.Thresholds.Count; i++)
        {
            if (!(manifest.Thresholds[i] > 0 && manifest.Thresholds[i] <= MaximumIntensity))
            {
                yield return FormattableString.Invariant($"thresholds[{i}] is {manifest.Thresholds[i]}; it must lie above 0 and at most at {MaximumIntensity}");
            }
        }
    }

    private static IEnumerable<string> ValidateCalibration(ActionUnitModelManifest manifest)
    {
        if (manifest.Calibration.Count != 0 && manifest.Calibration.Count != manifest.ActionUnits.Count)
        {
            yield return $"calibration has {manifest.Calibration.Count} curves; it must be empty or have one for each of the {manifest.ActionUnits.Count} action_units";
        }

        for (int i = 0; i < manifest.Calibration.Count; i++)
        {
            string? fault = CurveFault(manifest.Calibration[i]);
            if (fault is not null)
            {
                yield return $"calibration[{i}].{fault}";
            }
        }
    }

    private static string? CurveFault(CalibrationCurve? curve)
    {
        if (curve is null || curve.Raw.Count == 0)
        {
            return "raw is empty";
        }

        if (curve.Intensity.Count != curve.Raw.Count)
        {
            return $"intensity has {curve.Intensity.Count} values; raw has {curve.Raw.Count}";
        }

        for (int i = 0; i < curve.Raw.Count; i++)
        {
            if (!float.IsFinite(curve.Raw[i]) || (i > 0 && curve.Raw[i] <= curve.Raw[i - 1]))
            {
                return FormattableString.Invariant($"raw[{i}] is {curve.Raw[i]}; raw must rise strictly");
            }

            if (!(curve.Intensity[i] >= 0 && curve.Intensity[i] <= MaximumIntensity) || (i > 0 && curve.Intensity[i] < curve.Intensity[i - 1]))
            {
                return FormattableString.Invariant($"intensity[{i}] is {curve.Intensity[i]}; intensity must lie between 0 and {MaximumIntensity} and never fall");
            }
        }

        return null;
    }
}
