using System.Numerics;

namespace AuStream.Synthesis.Heads;

/// <summary>Least-squares sphere through points (algebraic distance).</summary>
internal static class SphereFit
{
    public static EyeSphere Fit(ReadOnlySpan<Vector3> points)
    {
        // |p|² = 2 p·c + (r² − |c|²): linear in c and the last term.
        var a = new double[16];
        var b = new double[4];
        Span<double> row = stackalloc double[4];
        foreach (Vector3 p in points)
        {
            (row[0], row[1], row[2], row[3]) = (2 * p.X, 2 * p.Y, 2 * p.Z, 1);
            double squared = p.LengthSquared();
            for (int i = 0; i < 4; i++)
            {
                b[i] += row[i] * squared;
                for (int j = 0; j < 4; j++)
                {
                    a[(i * 4) + j] += row[i] * row[j];
                }
            }
        }

        DenseSolver.Solve(a, b, 4, 1);
        var center = new Vector3((float)b[0], (float)b[1], (float)b[2]);
        return new EyeSphere(center, MathF.Sqrt((float)b[3] + center.LengthSquared()));
    }
}
