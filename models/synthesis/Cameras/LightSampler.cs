using System.Numerics;
using AuStream.Synthesis.Randomness;
using AuStream.Synthesis.Shading;

namespace AuStream.Synthesis.Cameras;

/// <summary>Draws lighting: windows, lamps, sun, screens, from soft and even to hard and from one side.</summary>
public static class LightSampler
{
    /// <summary>White light from everywhere alike: no shadow, no darkening in creases.</summary>
    public static LightRig Even { get; } = MakeEven();

    /// <summary>Lights for one picture.</summary>
    public static LightRig Draw(RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(random);
        int count = 1 + random.PickIndex([0.35f, 0.4f, 0.25f]);
        var lights = new DirectionalLight[count];
        for (int i = 0; i < count; i++)
        {
            float azimuth = random.Normal(0, i == 0 ? 48 : 85);
            float elevation = random.Normal(i == 0 ? 32 : 18, 22);
            float strength = i == 0 ? random.Uniform(0.35f, 1.3f) : random.Uniform(0.08f, 0.55f);
            float radius = MathF.Exp(random.Uniform(MathF.Log(0.03f), MathF.Log(0.6f)));
            lights[i] = new DirectionalLight(Direction(azimuth, elevation), Temperature(random.Normal(0, 0.11f)) * strength, radius);
        }

        // How much of the light has no direction decides how flat the picture looks.
        float ambient = random.Uniform(0.10f, 0.75f);
        var surroundings = new SphericalIrradiance();
        Vector3 tint = Temperature(random.Normal(0, 0.07f));
        surroundings.AddUniform(tint * (ambient * 0.65f));
        surroundings.AddLobe(Vector3.UnitY, Temperature(random.Normal(-0.03f, 0.06f)) * (ambient * random.Uniform(0, 0.4f)));
        surroundings.AddLobe(Vector3.UnitZ, tint * (ambient * random.Uniform(0, 0.3f)));
        surroundings.AddLobe(Direction(random.Uniform(-180, 180), random.Normal(10, 30)), Temperature(random.Normal(0, 0.12f)) * (ambient * random.Uniform(0, 0.45f)));

        // Light that the floor, a desk or clothes throw back.
        surroundings.AddLobe(-Vector3.UnitY, new Vector3(1.05f, 1, 0.92f) * (ambient * random.Uniform(0, 0.2f)));
        return new LightRig
        {
            Lights = lights,
            Surroundings = surroundings,
            ShadowStrength = random.Uniform(0.6f, 0.97f),
            OcclusionStrength = random.Uniform(0.6f, 0.95f),
        };
    }

    private static LightRig MakeEven()
    {
        var surroundings = new SphericalIrradiance();
        surroundings.AddUniform(Vector3.One * 0.65f);
        return new LightRig
        {
            Lights = [new DirectionalLight(Vector3.UnitZ, Vector3.Zero, 1)],
            Surroundings = surroundings,
            ShadowStrength = 0,
            OcclusionStrength = 0,
        };
    }

    /// <summary>Unit vector from azimuth (degrees, positive to the picture's right, 0 from the camera) and elevation.</summary>
    public static Vector3 Direction(float azimuth, float elevation)
    {
        const float Radians = MathF.PI / 180;
        elevation = Math.Clamp(elevation, -80, 85);
        float flat = MathF.Cos(elevation * Radians);
        return new Vector3(MathF.Sin(azimuth * Radians) * flat, MathF.Sin(elevation * Radians), MathF.Cos(azimuth * Radians) * flat);
    }

    // Warm is positive.
    private static Vector3 Temperature(float warmth)
    {
        warmth = Math.Clamp(warmth, -0.3f, 0.35f);
        return new Vector3(1 + warmth, 1 + (0.1f * warmth), 1 - warmth);
    }
}
