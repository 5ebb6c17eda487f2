using AuStream.Models.Manifests;

namespace AuStream.Stages.ActionUnits;

/// <summary>From a network's raw outputs to intensity, score and presence, all from one number, so that they cannot contradict each other.</summary>
/// <remarks>Immutable, thread-safe, allocates nothing per face.</remarks>
public sealed class IntensityScale
{
    private const float Maximum = ActionUnitModelManifestValidator.MaximumIntensity;
    private readonly float[] _thresholds;
    private readonly float[][] _raw;
    private readonly float[][] _intensity;

    /// <summary>The scale of a frame network.</summary>
    /// <param name="manifest">A valid manifest.</param>
    public IntensityScale(ActionUnitModelManifest manifest)
        : this((manifest ?? throw new ArgumentNullException(nameof(manifest))).Thresholds, manifest.Calibration)
    {
    }

    /// <summary>The scale of any network that answers with one raw output per action unit.</summary>
    /// <param name="thresholds">Presence threshold of each on the intensity, above 0, at most 5.</param>
    /// <param name="calibration">Empty, or a curve for each.</param>
    public IntensityScale(IReadOnlyList<float> thresholds, IReadOnlyList<CalibrationCurve> calibration)
    {
        ArgumentNullException.ThrowIfNull(thresholds);
        ArgumentNullException.ThrowIfNull(calibration);
        _thresholds = [.. thresholds];
        _raw = [.. calibration.Select(curve => curve.Raw.ToArray())];
        _intensity = [.. calibration.Select(curve => curve.Intensity.ToArray())];
    }

    /// <summary>Number of action units.</summary>
    public int Count => _thresholds.Length;

    /// <summary>Writes a face's results: intensity = calibrated raw output clipped to 0–5, score = intensity / 5, present from the threshold on.</summary>
    /// <returns>False, with the results unspecified, when a raw output is not finite.</returns>
    /// <exception cref="ArgumentException">A span is not as long as there are action units.</exception>
    public bool TryApply(ReadOnlySpan<float> raw, Span<float> intensities, Span<float> scores, Span<bool> presence)
    {
        if (raw.Length != Count || intensities.Length != Count || scores.Length != Count || presence.Length != Count)
        {
            throw new ArgumentException($"There are {Count} action units; the spans have {raw.Length}, {intensities.Length}, {scores.Length} and {presence.Length} values.", nameof(raw));
        }

        for (int i = 0; i < raw.Length; i++)
        {
            if (!float.IsFinite(raw[i]))
            {
                return false;
            }

            float intensity = IntensityOf(i, raw[i]);
            intensities[i] = intensity;
            scores[i] = intensity / Maximum;
            presence[i] = intensity >= _thresholds[i];
        }

        return true;
    }

    /// <summary>Intensity 0–5 of one action unit's raw output, which must be finite.</summary>
    public float IntensityOf(int index, float raw) => Math.Clamp(_raw.Length == 0 ? raw : Interpolate(_raw[index], _intensity[index], raw), 0, Maximum);

    /// <summary>Presence threshold of one action unit on the intensity.</summary>
    public float ThresholdOf(int index) => _thresholds[index];

    private static float Interpolate(float[] x, float[] y, float value)
    {
        if (value <= x[0])
        {
            return y[0];
        }

        for (int i = 1; i < x.Length; i++)
        {
            if (value <= x[i])
            {
                return y[i - 1] + ((y[i] - y[i - 1]) * ((value - x[i - 1]) / (x[i] - x[i - 1])));
            }
        }

        return y[^1];
    }
}
