namespace AuStream.Stages.Landmarks;

/// <summary>Horn's closed form for the rotation between two point sets: the eigenvector of the largest eigenvalue of a symmetric
/// 4 × 4 matrix, as a unit quaternion (B. K. P. Horn, J. Opt. Soc. Am. A 4, 1987).</summary>
internal static class OptimalRotation
{
    private const int Sweeps = 12;

    /// <param name="s">Row-major 3 × 3: sum of weight · source · targetᵀ of the centred points.</param>
    /// <param name="rotation">Receives the rotation from source to target, row-major.</param>
    public static void Find(ReadOnlySpan<double> s, Span<double> rotation)
    {
        Span<double> n =
        [
            s[0] + s[4] + s[8], s[5] - s[7], s[6] - s[2], s[1] - s[3],
            s[5] - s[7], s[0] - s[4] - s[8], s[1] + s[3], s[6] + s[2],
            s[6] - s[2], s[1] + s[3], s[4] - s[0] - s[8], s[5] + s[7],
            s[1] - s[3], s[6] + s[2], s[5] + s[7], s[8] - s[0] - s[4],
        ];
        Span<double> vectors = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
        Diagonalise(n, vectors);
        int best = 0;
        for (int i = 1; i < 4; i++)
        {
            best = n[5 * i] > n[5 * best] ? i : best;
        }

        (double w, double x, double y, double z) = (vectors[best], vectors[4 + best], vectors[8 + best], vectors[12 + best]);
        rotation[0] = (w * w) + (x * x) - (y * y) - (z * z);
        rotation[1] = 2 * ((x * y) - (w * z));
        rotation[2] = 2 * ((x * z) + (w * y));
        rotation[3] = 2 * ((x * y) + (w * z));
        rotation[4] = (w * w) - (x * x) + (y * y) - (z * z);
        rotation[5] = 2 * ((y * z) - (w * x));
        rotation[6] = 2 * ((x * z) - (w * y));
        rotation[7] = 2 * ((y * z) + (w * x));
        rotation[8] = (w * w) - (x * x) - (y * y) + (z * z);
    }

    /// <summary>Cyclic Jacobi rotations: the matrix becomes diagonal, the columns of <paramref name="vectors"/> its eigenvectors.</summary>
    private static void Diagonalise(Span<double> matrix, Span<double> vectors)
    {
        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            for (int p = 0; p < 3; p++)
            {
                for (int q = p + 1; q < 4; q++)
                {
                    Rotate(matrix, vectors, p, q);
                }
            }
        }
    }

    private static void Rotate(Span<double> matrix, Span<double> vectors, int p, int q)
    {
        double off = matrix[(4 * p) + q];
        if (Math.Abs(off) < 1e-300)
        {
            return;
        }

        double theta = (matrix[5 * q] - matrix[5 * p]) / (2 * off);
        double tangent = Math.CopySign(1, theta) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        double cosine = 1 / Math.Sqrt((tangent * tangent) + 1);
        double sine = tangent * cosine;
        for (int k = 0; k < 4; k++)
        {
            (double kp, double kq) = (matrix[(4 * k) + p], matrix[(4 * k) + q]);
            matrix[(4 * k) + p] = (cosine * kp) - (sine * kq);
            matrix[(4 * k) + q] = (sine * kp) + (cosine * kq);
        }

        for (int k = 0; k < 4; k++)
        {
            (double pk, double qk) = (matrix[(4 * p) + k], matrix[(4 * q) + k]);
            matrix[(4 * p) + k] = (cosine * pk) - (sine * qk);
            matrix[(4 * q) + k] = (sine * pk) + (cosine * qk);
        }

        for (int k = 0; k < 4; k++)
        {
            (double kp, double kq) = (vectors[(4 * k) + p], vectors[(4 * k) + q]);
            vectors[(4 * k) + p] = (cosine * kp) - (sine * kq);
            vectors[(4 * k) + q] = (sine * kp) + (cosine * kq);
        }
    }
}
