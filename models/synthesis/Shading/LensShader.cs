using System.Numerics;

namespace AuStream.Synthesis.Shading;

/// <summary>Reflections in lenses of glasses: the surroundings, the lamps, and a window with a cross bar for wide lamps.</summary>
internal static class LensShader
{
    /// <summary>Mirrored light; returns the share of light that is reflected and so does not pass.</summary>
    public static float Reflect(in SurfacePoint point, LightRig rig, out Vector3 reflected)
    {
        Vector3 view = -Vector3.Normalize(point.Position);
        Vector3 normal = Vector3.Dot(point.Normal, view) < 0 ? -point.Normal : point.Normal;

        // Both faces of the lens reflect.
        float fresnel = Math.Min(1, 2 * SurfaceShader.Fresnel(0.04f, Vector3.Dot(normal, view))) * (0.3f + point.Material.Specular);
        Vector3 mirrored = Vector3.Reflect(-view, normal);
        reflected = rig.Surroundings.Evaluate(mirrored) * (0.6f + (0.4f * Math.Clamp(mirrored.Y * 4, -1, 1)));
        for (int i = 0; i < rig.Lights.Count; i++)
        {
            DirectionalLight light = rig.Lights[i];
            float radius = Math.Clamp(light.AngularRadius, 0.05f, 0.35f);
            Vector3 right = Vector3.Normalize(Vector3.Cross(Vector3.UnitY, light.Direction + new Vector3(1e-3f, 0, 0)));
            Vector3 up = Vector3.Cross(light.Direction, right);
            float facing = Vector3.Dot(mirrored, light.Direction);
            float x = MathF.Abs(Vector3.Dot(mirrored, right)) / radius;
            float y = MathF.Abs(Vector3.Dot(mirrored, up)) / radius;
            if (facing > 0 && x < 1.1f && y < 1.1f)
            {
                float pane = Math.Clamp((1 - Math.Max(x, y)) * 8, 0, 1);
                float bar = light.AngularRadius > 0.2f ? Math.Clamp((Math.Min(x, y) - 0.04f) * 20, 0.15f, 1) : 1;
                reflected += light.Radiance * (pane * bar * Math.Min(12, 0.5f / (radius * radius)));
            }
        }

        reflected *= fresnel;
        return fresnel;
    }
}
