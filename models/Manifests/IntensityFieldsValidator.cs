namespace AuStream.Models.Manifests;

/// <summary>Checks the fields that lead from a network's raw output to intensity and presence.</summary>
internal static class IntensityFieldsValidator
{
    /// <summary>What is wrong, one sentence per fault, naming the field; empty when both are right.</summary>
    /// <param name="prefix">What stands before the fields' names, e.g. <c>temporal.</c></param>
    /// <param name="thresholds">One per action unit.</param>
    /// <param name="calibration">None, or one per action unit.</param>
    /// <param name="actionUnits">Number of action units.</param>
    public static IEnumerable<string> Validate(
        string prefix, IReadOnlyList<float> thresholds, IReadOnlyList<CalibrationCurve> calibration, int actionUnits) =>
        ValidateThresholds(prefix, thresholds, actionUnits).Concat(ValidateCalibration(prefix, calibration, actionUnits));

    private static IEnumerable<string> ValidateThresholds(string prefix, IReadOnlyList<float> thresholds, int actionUnits)
    {
        if (thresholds.Count != actionUnits)
        {
            yield return $"{prefix}thresholds has {thresholds.Count} values; action_units has {actionUnits}";
        }

        for (int i = 0; i < thresholds.Count; i++)
        {
            if (!(thresholds[i] > 0 && thresholds[i] <= ActionUnitModelManifestValidator.MaximumIntensity))
            {
                yield return FormattableString.Invariant($"{prefix}thresholds[{i}] is {thresholds[i]}; it must lie above 0 and at most at {ActionUnitModelManifestValidator.MaximumIntensity}");
            }
        }
    }

    private static IEnumerable<string> ValidateCalibration(string prefix, IReadOnlyList<CalibrationCurve> calibration, int actionUnits)
    {
        if (calibration.Count != 0 && calibration.Count != actionUnits)
        {
            yield return $"{prefix}calibration has {calibration.Count} curves; it must be empty or have one for each of the {actionUnits} action_units";
        }

        for (int i = 0; i < calibration.Count; i++)
        {
            string? fault = CurveFault(calibration[i]);
            if (fault is not null)
            {
                yield return $"{prefix}calibration[{i}].{fault}";
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

            if (!(curve.Intensity[i] >= 0 && curve.Intensity[i] <= ActionUnitModelManifestValidator.MaximumIntensity) || (i > 0 && curve.Intensity[i] < curve.Intensity[i - 1]))
            {
                return FormattableString.Invariant($"intensity[{i}] is {curve.Intensity[i]}; intensity must lie between 0 and {ActionUnitModelManifestValidator.MaximumIntensity} and never fall");
            }
        }

        return null;
    }
}
