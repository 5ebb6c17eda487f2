using System.Numerics;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.Shading;

/// <summary>Everything that the light equation needs at one point of a surface.</summary>
internal struct SurfacePoint
{
    /// <summary>Camera space, centimetres.</summary>
    public Vector3 Position;

    /// <summary>Unit normal of the mesh, towards the viewer's side.</summary>
    public Vector3 Normal;

    /// <summary>Unit normal with the relief on it.</summary>
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
}
