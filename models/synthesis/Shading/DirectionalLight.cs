using System.Numerics;

namespace AuStream.Synthesis.Shading;

/// <summary>A far lamp, window or sun.</summary>
/// <param name="Direction">Unit vector towards the light in camera space.</param>
/// <param name="Radiance">Irradiance on a surface that faces it, divided by π: linear RGB, 0–4.</param>
/// <param name="AngularRadius">Radius of its disc in radians, 0.005 (sun) to 0.7 (big window): softness of shadows and highlights.</param>
public readonly record struct DirectionalLight(Vector3 Direction, Vector3 Radiance, float AngularRadius);
