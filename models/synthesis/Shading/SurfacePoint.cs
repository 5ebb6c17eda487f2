using System.Numerics;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.Shading;

/// <summary>Everything that the light equation needs at one point of a surface.</summary>
internal struct SurfacePoint
{
    /// <summary>Camera space, centimetres.</summary>
    public Vector3 Position;

    /// <summary>Normal of the mesh, towards the viewer's side; of length 1 after <see cref="Settle"/>.</summary>
    public Vector3 Normal;

    /// <summary>The relief's slope: its cross product with the normal is the gradient that bends a normal of any length.</summary>
    public Vector3 Slope;

    /// <summary>Unit normal with the relief on it, after <see cref="Settle"/>.</summary>
    public Vector3 ReliefNormal;

    /// <summary>Colour (linear RGB) and coverage.</summary>
    public Vector4 Albedo;

    /// <summary>Baked openness times screen-space openness, 0–1.</summary>
    public float Openness;

    /// <summary>Baked openness alone.</summary>
    public float BakedOpenness;

    /// <summary>Share of the first light that arrives, 0–1.</summary>
    public float FirstLight;

    /// <summary>Its material.</summary>
    public Material Material;

    /// <summary>Brings the normals to length 1 and puts the relief on one of them; <see cref="ShadingBatch"/> does the same for eight points.</summary>
    public void Settle()
    {
        float length = MathF.Sqrt(Normal.LengthSquared() + 1e-20f);
        Vector3 gradient = Vector3.Cross(Slope, Normal);
        Normal /= length;
        Vector3 bent = Normal - (gradient / MathF.Sqrt(1 + (gradient.LengthSquared() * 0.5f)));
        ReliefNormal = bent / MathF.Sqrt(bent.LengthSquared() + 1e-20f);
    }
}
