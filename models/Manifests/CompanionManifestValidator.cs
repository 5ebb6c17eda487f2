namespace AuStream.Models.Manifests;

/// <summary>Checks what a manifest says about the networks beside its own: <c>temporal</c> and <c>relative</c>.</summary>
internal static class CompanionManifestValidator
{
    private const int MaximumFeatures = 4096;

    /// <summary>What is wrong, one sentence per fault, naming the field; empty when there are none or they are right.</summary>
    public static IEnumerable<string> Validate(ActionUnitModelManifest manifest) =>
        Validate(manifest.Temporal, manifest.ActionUnits.Count).Concat(Validate(manifest.Relative, manifest.ActionUnits.Count));

    private static IEnumerable<string> Validate(TemporalManifest? temporal, int actionUnits)
    {
        if (temporal is null)
        {
            yield break;
        }

        foreach (string fault in ValidateFile("temporal.", temporal.File, temporal.Sha256)
            .Concat(IntensityFieldsValidator.Validate("temporal.", temporal.Thresholds, temporal.Calibration, actionUnits)))
        {
            yield return fault;
        }

        foreach ((string field, int value, int maximum) in new[]
        {
            ("layers", temporal.Layers, 8), ("units", temporal.Units, 1024), ("features", temporal.Features, MaximumFeatures),
        })
        {
            if (value < 1 || value > maximum)
            {
                yield return $"temporal.{field} is {value}; it must lie between 1 and {maximum}";
            }
        }

        if (!(temporal.GapSeconds > 0 && temporal.GapSeconds <= 60))
        {
            yield return FormattableString.Invariant($"temporal.gap_seconds is {temporal.GapSeconds}; it must lie above 0 and at most at 60");
        }

        foreach (string name in temporal.Metrics.Where(metric => !double.IsFinite(metric.Value)).Select(metric => metric.Key))
        {
            yield return $"temporal.metrics.{name} is not finite";
        }
    }

    private static IEnumerable<string> Validate(RelativeManifest? relative, int actionUnits) => relative is null
        ? []
        : ValidateFile("relative.", relative.File, relative.Sha256)
            .Concat(IntensityFieldsValidator.Validate("relative.", relative.Thresholds, relative.Calibration, actionUnits));

    private static IEnumerable<string> ValidateFile(string prefix, string file, string sha256)
    {
        // It lies beside the manifest: a name that could lead elsewhere is none.
        if (file.Length == 0 || Path.GetFileName(file) != file || !file.EndsWith(".onnx", StringComparison.Ordinal))
        {
            yield return $"{prefix}file is '{file}'; it must be the name of an .onnx file beside the manifest";
        }

        if (sha256.Length != 0 && (sha256.Length != 64 || !sha256.All(char.IsAsciiHexDigit)))
        {
            yield return $"{prefix}sha256 is '{sha256}'; it must be 64 hexadecimal digits";
        }
    }
}
