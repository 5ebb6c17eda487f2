using System.Numerics;
using System.Runtime.Intrinsics;

namespace AuStream.Synthesis.Shading;

/// <summary>
/// Light from everywhere as spherical harmonics of second order (Ramamoorthi and Hanrahan, "An Efficient Representation for
/// Irradiance Environment Maps", SIGGRAPH 2001). Values are irradiance / π, so that white paper under radiance 1 is 1.
/// </summary>
public sealed class SphericalIrradiance
{
    private readonly Vector3[] _coefficients = new Vector3[9];

    /// <summary>Adds the same radiance from all directions.</summary>
    public void AddUniform(Vector3 radiance) => _coefficients[0] += radiance;

    /// <summary>
    /// Adds a lobe of light around a direction; its mean over all directions is <paramref name="mean"/>.
    /// </summary>
    /// <param name="direction">Unit vector towards the light.</param>
    /// <param name="mean">Mean radiance, linear RGB.</param>
    public void AddLobe(Vector3 direction, Vector3 mean)
    {
        // Radiance 4·max(0, cos) = 1 + 2 P1 + 5/4 P2 + …; the clamped cosine scales the bands by 1, 2/3 and 1/4.
        Vector3 first = mean * (4 / 3f);
        Vector3 second = mean * (5 / 16f);
        _coefficients[0] += mean;
        _coefficients[1] += first * direction.X;
        _coefficients[2] += first * direction.Y;
        _coefficients[3] += first * direction.Z;
        _coefficients[4] += second * 3 * direction.X * direction.Y;
        _coefficients[5] += second * 3 * direction.Y * direction.Z;
        _coefficients[6] += second * 3 * direction.X * direction.Z;
        _coefficients[7] += second * 0.75f * ((direction.X * direction.X) - (direction.Y * direction.Y));
        _coefficients[8] += second * 0.25f * ((3 * direction.Z * direction.Z) - 1);
    }

    /// <summary>Irradiance / π on a surface with this normal; never below 2 % of the mean.</summary>
    public Vector3 Evaluate(Vector3 normal)
    {
        Vector3[] c = _coefficients;
        Vector3 sum = c[0] + (c[1] * normal.X) + (c[2] * normal.Y) + (c[3] * normal.Z)
            + (c[4] * (normal.X * normal.Y)) + (c[5] * (normal.Y * normal.Z)) + (c[6] * (normal.X * normal.Z))
            + (c[7] * ((normal.X * normal.X) - (normal.Y * normal.Y))) + (c[8] * ((3 * normal.Z * normal.Z) - 1));
        return Vector3.Max(sum, c[0] * 0.02f);
    }

    /// <summary>The same for eight normals.</summary>
    internal Vector3x8 Evaluate(in Vector3x8 normal)
    {
        Vector256<float> xy = normal.X * normal.Y;
        Vector256<float> yz = normal.Y * normal.Z;
        Vector256<float> xz = normal.X * normal.Z;
        Vector256<float> across = (normal.X * normal.X) - (normal.Y * normal.Y);
        Vector256<float> along = (normal.Z * normal.Z * 3) - Vector256<float>.One;
        Vector3[] c = _coefficients;
        Vector3x8 sum = Vector3x8.All(c[0])
            + (Vector3x8.All(c[1]) * normal.X) + (Vector3x8.All(c[2]) * normal.Y) + (Vector3x8.All(c[3]) * normal.Z)
            + (Vector3x8.All(c[4]) * xy) + (Vector3x8.All(c[5]) * yz) + (Vector3x8.All(c[6]) * xz)
            + (Vector3x8.All(c[7]) * across) + (Vector3x8.All(c[8]) * along);
        return Vector3x8.Max(sum, Vector3x8.All(c[0] * 0.02f));
    }
}
