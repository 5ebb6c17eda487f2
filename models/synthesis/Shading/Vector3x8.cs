using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AuStream.Synthesis.Shading;

/// <summary>Eight vectors of three, component by component: what eight pixels share an instruction for.</summary>
internal readonly struct Vector3x8(Vector256<float> x, Vector256<float> y, Vector256<float> z)
{
    public readonly Vector256<float> X = x;
    public readonly Vector256<float> Y = y;
    public readonly Vector256<float> Z = z;

    public static Vector3x8 Zero => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3x8 All(Vector3 value) => new(Vector256.Create(value.X), Vector256.Create(value.Y), Vector256.Create(value.Z));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3x8 operator +(in Vector3x8 a, in Vector3x8 b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3x8 operator -(in Vector3x8 a, in Vector3x8 b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3x8 operator *(in Vector3x8 a, in Vector3x8 b) => new(a.X * b.X, a.Y * b.Y, a.Z * b.Z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3x8 operator *(in Vector3x8 a, Vector256<float> factor) => new(a.X * factor, a.Y * factor, a.Z * factor);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3x8 Max(in Vector3x8 a, in Vector3x8 b) => new(Vector256.Max(a.X, b.X), Vector256.Max(a.Y, b.Y), Vector256.Max(a.Z, b.Z));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Dot(in Vector3x8 a, in Vector3x8 b) => (a.X * b.X) + (a.Y * b.Y) + (a.Z * b.Z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3x8 Cross(in Vector3x8 a, in Vector3x8 b) => new((a.Y * b.Z) - (a.Z * b.Y), (a.Z * b.X) - (a.X * b.Z), (a.X * b.Y) - (a.Y * b.X));

    /// <summary>The same vectors at length 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3x8 Normalize(in Vector3x8 a) => a * (Vector256<float>.One / Vector256.Sqrt(Dot(a, a) + Vector256.Create(1e-20f)));

    /// <summary>Directions mirrored at surfaces: <paramref name="view"/> points away from the surface, as the result does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3x8 Mirror(in Vector3x8 view, in Vector3x8 normal) => (normal * (Dot(view, normal) * 2)) - view;
}
