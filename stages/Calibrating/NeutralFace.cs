namespace AuStream.Stages.Calibrating;

/// <summary>What one network says about a person's neutral face. Numbers only; no picture can be made from them, but they are measurements
/// of a person and personal data all the same.</summary>
/// <param name="Features">The frame network's features, mean over the frames; finite.</param>
/// <param name="RawIntensities">The frame network's raw outputs, mean over the same frames; finite.</param>
/// <param name="Name">The name it was enrolled under, or null.</param>
public sealed record NeutralFace(IReadOnlyList<float> Features, IReadOnlyList<float> RawIntensities, string? Name = null);
