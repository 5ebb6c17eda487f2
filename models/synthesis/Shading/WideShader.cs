using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AuStream.Synthesis.Shading;

/// <summary>The light equations of skin and of solid materials, eight points at a time: light that leaves them towards the camera, linear RGB.</summary>
internal static class WideShader
{
    // Light that enters skin leaves it some millimetres away, red light farthest: red sees a smoother surface and wraps around.
    private static readonly Vector3 Smoothness = new(0.65f, 0.35f, 0.2f);
    private static readonly Vector3 Wrap = new(0.32f, 0.14f, 0.08f);

    /// <summary>Light that leaves skin.</summary>
    /// <param name="batch">Eight points.</param>
    /// <param name="firstLight">Share of the first light that arrives, 0–1.</param>
    /// <param name="rig">The lights.</param>
    public static Vector3x8 Skin(ShadingBatch batch, Vector256<float> firstLight, LightRig rig)
    {
        Vector256<float> one = Vector256<float>.One;
        Vector3x8 normal = batch.Normal;
        Vector3x8 relief = batch.ReliefNormal;
        Vector3x8 view = Vector3x8.Normalize(Vector3x8.Zero - batch.Position);
        Vector256<float> open = batch.Openness;
        Vector256<float> gloss = Vector256.Max(batch.Gloss, Vector256.Create(4f));
        Vector256<float> strength = batch.Specular;
        Vector256<float> shaded = open * (one - open);
        Vector3x8 openness = new(open + (shaded * 0.4f), open + (shaded * 0.12f), open + (shaded * 0.04f));
        Vector3x8 diffuse = rig.Surroundings.Evaluate(Vector3x8.Normalize(relief + ((normal - relief) * Vector256.Create(0.4f)))) * openness;
        Vector3x8 highlights = Vector3x8.Zero;
        Vector256<float> filled = (open * 0.45f) + Vector256.Create(0.55f);
        Vector3 scale = Vector3.One / ((Vector3.One + Wrap) * (Vector3.One + (Wrap * 0.6f)));
        ReadOnlySpan<DirectionalLight> lights = rig.LightSpan;
        for (int i = 0; i < lights.Length; i++)
        {
            ref readonly DirectionalLight light = ref lights[i];
            Vector3x8 direction = Vector3x8.All(light.Direction);
            Vector256<float> cosine = Vector3x8.Dot(relief, direction);
            Vector256<float> smoother = Vector3x8.Dot(normal, direction) - cosine;
            Vector256<float> arrives = i == 0 ? firstLight : (open * 0.6f) + Vector256.Create(0.4f);
            Vector256<float> penumbra = arrives * (one - arrives);
            Vector3 strengths = light.Radiance * scale;
            Vector256<float> red = Vector256.Max(Vector256<float>.Zero, cosine + (smoother * Smoothness.X) + Vector256.Create(Wrap.X)) * (arrives + (penumbra * 0.45f));
            Vector256<float> green = Vector256.Max(Vector256<float>.Zero, cosine + (smoother * Smoothness.Y) + Vector256.Create(Wrap.Y)) * (arrives + (penumbra * 0.1f));
            Vector256<float> blue = Vector256.Max(Vector256<float>.Zero, cosine + (smoother * Smoothness.Z) + Vector256.Create(Wrap.Z)) * arrives;
            diffuse += new Vector3x8(red * strengths.X, green * strengths.Y, blue * strengths.Z) * filled;

            Vector256<float> lit = Vector256.Max(Vector256<float>.Zero, cosine);
            if (lit == Vector256<float>.Zero)
            {
                continue;
            }

            Vector3x8 half = Vector3x8.Normalize(direction + view);
            Vector256<float> deviation = one - Vector256.Max(Vector256<float>.Zero, Vector3x8.Dot(relief, half));
            Vector256<float> sharp = Broaden(gloss, light.AngularRadius);
            Vector256<float> soft = Broaden(gloss * 0.3f, light.AngularRadius);
            Vector256<float> lobes = (sharp * Exp(-(sharp * deviation)) * 0.45f) + (soft * Exp(-(soft * deviation)) * 0.55f);
            Vector256<float> mirrored = lobes * lit * arrives * open * strength * Fresnel(Vector256.Create(0.03f), Vector3x8.Dot(half, view)) * 0.5f;
            highlights += Vector3x8.All(light.Radiance) * mirrored;
        }

        Vector256<float> facing = Vector256.Max(Vector3x8.Dot(relief, view), Vector256.Create(0.02f));

        // A rough surface never becomes a mirror: its microscopic slopes hide each other at grazing angles.
        Vector256<float> grazing = Vector256.Min(Vector256.Create(0.16f), Fresnel(Vector256.Create(0.03f), facing));
        Vector3x8 rim = rig.Surroundings.Evaluate(Vector3x8.Mirror(view, normal)) * (grazing * open * open * ((strength * 0.7f) + Vector256.Create(0.3f)));
        return (batch.Albedo * diffuse) + highlights + rim;
    }

    /// <summary>Light that leaves cloth, plastic, teeth and whatever else is matt with a shine.</summary>
    /// <param name="batch">Eight points.</param>
    /// <param name="firstLight">Share of the first light that arrives, 0–1.</param>
    /// <param name="rig">The lights.</param>
    public static Vector3x8 Solid(ShadingBatch batch, Vector256<float> firstLight, LightRig rig)
    {
        Vector256<float> one = Vector256<float>.One;
        Vector3x8 normal = batch.Normal;
        Vector3x8 relief = batch.ReliefNormal;
        Vector3x8 view = Vector3x8.Normalize(Vector3x8.Zero - batch.Position);
        Vector256<float> open = batch.Openness;
        Vector256<float> gloss = Vector256.Max(batch.Gloss, Vector256.Create(4f));
        Vector256<float> softness = batch.Softness;
        Vector256<float> reflectance = batch.Reflectance;
        Vector256<float> inner = batch.Inner;

        // What mirrors nothing at right angles mirrors nothing at all.
        Vector256<float> shine = Vector256.ConditionalSelect(Vector256.GreaterThan(reflectance, Vector256<float>.Zero), batch.Specular, Vector256<float>.Zero);
        Vector256<float> softening = one / (one + softness);
        Vector3x8 diffuse = rig.Surroundings.Evaluate(relief) * open;
        Vector3x8 highlights = Vector3x8.Zero;
        ReadOnlySpan<DirectionalLight> lights = rig.LightSpan;
        for (int i = 0; i < lights.Length; i++)
        {
            ref readonly DirectionalLight light = ref lights[i];
            Vector3x8 direction = Vector3x8.All(light.Direction);
            Vector3x8 radiance = Vector3x8.All(light.Radiance);
            Vector256<float> arrives = (i == 0 ? firstLight : (open * 0.6f) + Vector256.Create(0.4f)) * inner;
            Vector256<float> cosine = Vector3x8.Dot(relief, direction);
            diffuse += radiance * (Vector256.Max(Vector256<float>.Zero, (cosine + softness) * softening) * arrives);
            Vector256<float> lit = Vector256.Max(Vector256<float>.Zero, cosine);
            Vector3x8 half = Vector3x8.Normalize(direction + view);
            Vector256<float> sharp = Broaden(gloss, light.AngularRadius);
            Vector256<float> lobe = sharp * Exp(-(sharp * (one - Vector256.Max(Vector256<float>.Zero, Vector3x8.Dot(relief, half)))));
            highlights += radiance * (lobe * lit * arrives * shine * Fresnel(reflectance, Vector3x8.Dot(half, view)));
        }

        Vector256<float> mirror = Fresnel(reflectance, Vector3x8.Dot(normal, view)) * shine * open * inner;
        return (batch.Albedo * diffuse * inner) + highlights + (rig.Surroundings.Evaluate(Vector3x8.Mirror(view, normal)) * mirror);
    }

    /// <summary>e to a power of 0 or less, to 2 parts in 100,000; below −80 it is 0 but for rounding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Exp(Vector256<float> power)
    {
        Vector256<float> binary = Vector256.Max(power, Vector256.Create(-80f)) * 1.442695041f;
        Vector256<float> floor = Vector256.Floor(binary);
        Vector256<float> rest = binary - floor;

        // Taylor's series of 2 to the rest around a half, scaled by the whole power of two.
        Vector256<float> t = (rest - Vector256.Create(0.5f)) * 0.693147181f;
        Vector256<float> series = ((((((((t * (1 / 120f)) + Vector256.Create(1 / 24f)) * t) + Vector256.Create(1 / 6f)) * t) + Vector256.Create(0.5f)) * t) + Vector256<float>.One) * t;
        Vector256<int> exponent = (Vector256.ConvertToInt32(floor) + Vector256.Create(127)) << 23;
        return (series + Vector256<float>.One) * 1.414213562f * exponent.AsSingle();
    }

    // Schlick's approximation.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Fresnel(Vector256<float> atNormalIncidence, Vector256<float> cosine)
    {
        Vector256<float> one = Vector256<float>.One;
        Vector256<float> m = one - Vector256.Min(Vector256.Max(cosine, Vector256<float>.Zero), one);
        Vector256<float> square = m * m;
        return atNormalIncidence + ((one - atNormalIncidence) * (square * square * m));
    }

    // A wide light widens its highlight: variances of the lobe and of the disc add.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Broaden(Vector256<float> gloss, float radius) => gloss / (Vector256<float>.One + (gloss * (radius * radius * 0.5f)));
}
