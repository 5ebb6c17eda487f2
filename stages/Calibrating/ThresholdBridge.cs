using AuStream.Models.Manifests;

namespace AuStream.Stages.Calibrating;

/// <summary>
/// Brings intensities with one set of presence thresholds onto another: 0 ↦ 0, threshold ↦ threshold, 5 ↦ 5, linear between. Monotone, and
/// what was present stays present.
/// </summary>
internal sealed class ThresholdBridge(IReadOnlyList<float> from, IReadOnlyList<float> to)
{
    private const float Maximum = ActionUnitModelManifestValidator.MaximumIntensity;
    private readonly float[] _from = [.. from];
    private readonly float[] _to = [.. to];

    /// <summary>Changes intensities 0–5, and the scores (intensity / 5) with them.</summary>
    public void Apply(Span<float> intensities, Span<float> scores)
    {
        for (int i = 0; i < intensities.Length; i++)
        {
            float intensity = intensities[i];
            float bridged = intensity >= _from[i]
                ? _from[i] == Maximum ? Maximum : _to[i] + ((intensity - _from[i]) * ((Maximum - _to[i]) / (Maximum - _from[i])))
                // Rounding must not lift what was absent onto the threshold.
                : Math.Min(intensity * (_to[i] / _from[i]), MathF.BitDecrement(_to[i]));
            intensities[i] = Math.Min(bridged, Maximum);
            scores[i] = intensities[i] / Maximum;
        }
    }
}
