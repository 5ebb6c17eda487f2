using System.Numerics;
using System.Runtime.CompilerServices;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.Shading;

/// <summary>The light equation of each material: light that leaves a point towards the camera, linear RGB.</summary>
internal static class SurfaceShader
{
    /// <summary>Light that leaves a point towards the camera.</summary>
    public static Vector3 Shade(in SurfacePoint point, LightRig rig)
    {
        switch (point.Material.Kind)
        {
            case MaterialKind.Skin:
                return Skin(point, rig);
            case MaterialKind.Eye:
                return Eye(point, rig);
            default:
                (float softness, float reflectance, float inner) = SolidTerms(point.Material.Kind, point.Openness, point.BakedOpenness);
                return Solid(point, rig, softness, reflectance, inner);
        }
    }

    /// <summary>What tells solid materials apart: how far light wraps around, what they mirror, how much of the light enters a cavity.</summary>
    public static (float Softness, float Reflectance, float Inner) SolidTerms(MaterialKind kind, float openness, float bakedOpenness) => kind switch
    {
        MaterialKind.Teeth => (0.35f, 0.045f, 1),
        MaterialKind.Mucosa => (0.4f, 0.04f, 1),
        MaterialKind.Cavity => (0.2f, 0, openness * bakedOpenness),
        MaterialKind.Cloth => (0.25f, 0.01f, 1),
        MaterialKind.Plastic => (0, 0.05f, 1),
        _ => (0.3f, 0.02f, 1),
    };

    private static Vector3 Skin(in SurfacePoint point, LightRig rig)
    {
        Vector3 albedo = point.Albedo.AsVector3();
        Vector3 view = -Vector3.Normalize(point.Position);
        float facing = Math.Clamp(Vector3.Dot(point.ReliefNormal, view), 0.02f, 1);

        // Light that enters skin leaves it some millimetres away, red light farthest: red sees a smoother surface and wraps around.
        Vector3 smoothness = new(0.65f, 0.35f, 0.2f);
        Vector3 wrap = new(0.32f, 0.14f, 0.08f);
        float open = point.Openness;
        Vector3 openness = new Vector3(open) + (new Vector3(0.4f, 0.12f, 0.04f) * (open * (1 - open)));
        Vector3 diffuse = rig.Surroundings.Evaluate(Vector3.Normalize(Vector3.Lerp(point.ReliefNormal, point.Normal, 0.4f))) * openness;
        Vector3 highlights = Vector3.Zero;
        float gloss = Math.Max(4, point.Material.Gloss);
        float strength = point.Material.Specular;
        ReadOnlySpan<DirectionalLight> lights = rig.LightSpan;
        for (int i = 0; i < lights.Length; i++)
        {
            ref readonly DirectionalLight light = ref lights[i];
            float relief = Vector3.Dot(point.ReliefNormal, light.Direction);
            float smooth = Vector3.Dot(point.Normal, light.Direction);
            float arrives = i == 0 ? point.FirstLight : 0.4f + (0.6f * open);
            Vector3 cosine = new Vector3(relief) + (smoothness * (smooth - relief));
            Vector3 wrapped = Vector3.Max(Vector3.Zero, (cosine + wrap) / (Vector3.One + wrap)) / (Vector3.One + (wrap * 0.6f));
            Vector3 arriving = new Vector3(arrives) + (new Vector3(0.45f, 0.1f, 0) * (arrives * (1 - arrives)));
            diffuse += light.Radiance * wrapped * arriving * (0.55f + (0.45f * open));
            if (relief > 0 && strength > 0)
            {
                Vector3 half = Vector3.Normalize(light.Direction + view);
                float deviation = 1 - Math.Max(0, Vector3.Dot(point.ReliefNormal, half));
                float sharp = Broaden(gloss, light.AngularRadius);
                float soft = Broaden(gloss * 0.3f, light.AngularRadius);
                float lobes = (0.45f * sharp * MathF.Exp(-sharp * deviation)) + (0.55f * soft * MathF.Exp(-soft * deviation));
                highlights += light.Radiance * (lobes * relief * arrives * open * strength * Fresnel(0.03f, Vector3.Dot(half, view)) * 0.5f);
            }
        }

        Vector3 mirrored = Vector3.Reflect(-view, point.Normal);
        Vector3 rim = rig.Surroundings.Evaluate(mirrored) * (RoughFresnel(0.03f, facing) * open * open * (0.3f + (0.7f * strength)));
        return (albedo * diffuse) + highlights + rim;
    }

    private static Vector3 Eye(in SurfacePoint point, LightRig rig)
    {
        Vector3 view = -Vector3.Normalize(point.Position);
        float open = point.Openness;
        Vector3 diffuse = rig.Surroundings.Evaluate(point.Normal) * open * open;
        Vector3 reflection = Vector3.Zero;
        Vector3 mirrored = Vector3.Reflect(-view, point.Normal);
        float fresnel = Fresnel(0.03f, Vector3.Dot(point.Normal, view));
        ReadOnlySpan<DirectionalLight> lights = rig.LightSpan;
        for (int i = 0; i < lights.Length; i++)
        {
            ref readonly DirectionalLight light = ref lights[i];
            float cosine = Vector3.Dot(point.Normal, light.Direction);
            float arrives = i == 0 ? point.FirstLight : open;
            diffuse += light.Radiance * (Math.Max(0, (cosine + 0.25f) / 1.25f) * arrives * open * 0.9f);

            // A wet eye mirrors the lamp itself: a disc of its radius with a soft border.
            float radius = Math.Clamp(light.AngularRadius, 0.09f, 0.4f);
            float angle = MathF.Acos(Math.Clamp(Vector3.Dot(mirrored, light.Direction), -1, 1));
            float disc = Math.Clamp(((radius - angle) / 0.06f) + 0.5f, 0, 1);
            float brightness = Math.Min(30, 1.2f / (radius * radius));
            reflection += light.Radiance * (disc * brightness * arrives * fresnel * (0.4f + point.Material.Specular));
        }

        reflection += rig.Surroundings.Evaluate(mirrored) * (fresnel * open * 0.7f);
        
        // The lids' rims and lashes take a part of the light that neither map resolves.
        return (point.Albedo.AsVector3() * diffuse * 0.8f) + reflection;
    }

    private static Vector3 Solid(in SurfacePoint point, LightRig rig, float softness, float reflectance, float inner)
    {
        Vector3 view = -Vector3.Normalize(point.Position);
        float open = point.Openness;
        Vector3 diffuse = rig.Surroundings.Evaluate(point.ReliefNormal) * open;
        Vector3 highlights = Vector3.Zero;
        float gloss = Math.Max(4, point.Material.Gloss);
        ReadOnlySpan<DirectionalLight> lights = rig.LightSpan;
        for (int i = 0; i < lights.Length; i++)
        {
            ref readonly DirectionalLight light = ref lights[i];
            float arrives = (i == 0 ? point.FirstLight : 0.4f + (0.6f * open)) * inner;
            float cosine = Vector3.Dot(point.ReliefNormal, light.Direction);
            diffuse += light.Radiance * (Math.Max(0, (cosine + softness) / (1 + softness)) * arrives);
            if (cosine > 0 && reflectance > 0)
            {
                Vector3 half = Vector3.Normalize(light.Direction + view);
                float sharp = Broaden(gloss, light.AngularRadius);
                float lobe = sharp * MathF.Exp(-sharp * (1 - Math.Max(0, Vector3.Dot(point.ReliefNormal, half))));
                highlights += light.Radiance * (lobe * cosine * arrives * point.Material.Specular * Fresnel(reflectance, Vector3.Dot(half, view)));
            }
        }

        Vector3 mirrored = Vector3.Reflect(-view, point.Normal);
        float mirror = reflectance > 0 ? Fresnel(reflectance, Vector3.Dot(point.Normal, view)) * point.Material.Specular * open * inner : 0;
        return (point.Albedo.AsVector3() * diffuse * inner) + highlights + (rig.Surroundings.Evaluate(mirrored) * mirror);
    }

    /// <summary>Light per vertex for hair: scatters around strands, softer than skin.</summary>
    public static Vector3 HairLight(Vector3 position, Vector3 normal, float firstLight, LightRig rig, float gloss, float specular)
    {
        Vector3 view = -Vector3.Normalize(position);
        Vector3 sum = rig.Surroundings.Evaluate(normal) * 0.8f;
        ReadOnlySpan<DirectionalLight> lights = rig.LightSpan;
        for (int i = 0; i < lights.Length; i++)
        {
            ref readonly DirectionalLight light = ref lights[i];
            float arrives = i == 0 ? firstLight : 0.8f;
            float diffuse = Math.Max(0, (Vector3.Dot(normal, light.Direction) + 0.45f) / 1.45f);
            Vector3 half = Vector3.Normalize(light.Direction + view);
            float deviation = 1 - Math.Max(0, Vector3.Dot(normal, half));
            float sheen = specular * 2 * MathF.Exp(-Math.Max(6, gloss) * deviation);
            sum += light.Radiance * ((diffuse * 0.75f * arrives) + (sheen * arrives));
        }

        return sum;
    }

    /// <summary>Schlick's approximation of Fresnel reflection.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Fresnel(float atNormalIncidence, float cosine)
    {
        float m = 1 - Math.Clamp(cosine, 0, 1);
        float square = m * m;
        return atNormalIncidence + ((1 - atNormalIncidence) * square * square * m);
    }

    // A rough surface never becomes a mirror: its microscopic slopes hide each other at grazing angles.
    private static float RoughFresnel(float atNormalIncidence, float cosine) => Math.Min(0.16f, Fresnel(atNormalIncidence, cosine));

    // A wide light widens its highlight: variances of the lobe and of the disc add.
    private static float Broaden(float gloss, float radius) => gloss / (1 + (gloss * radius * radius * 0.5f));
}
