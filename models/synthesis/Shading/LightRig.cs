namespace AuStream.Synthesis.Shading;

/// <summary>All light of a picture. The first light throws the shadow.</summary>
public sealed record LightRig
{
    private readonly DirectionalLight[] _lights = [];

    /// <summary>Lamps, brightest first; one at least.</summary>
    public required IReadOnlyList<DirectionalLight> Lights
    {
        get => _lights;
        init => _lights = [.. value];
    }

    /// <summary>The same lights for inner loops.</summary>
    internal ReadOnlySpan<DirectionalLight> LightSpan => _lights;

    /// <summary>Light of the surroundings.</summary>
    public required SphericalIrradiance Surroundings { get; init; }

    /// <summary>How black the first light's shadow is, 0–1.</summary>
    public float ShadowStrength { get; init; } = 0.9f;

    /// <summary>Strength of the darkening in creases, 0–1.</summary>
    public float OcclusionStrength { get; init; } = 0.8f;
}
