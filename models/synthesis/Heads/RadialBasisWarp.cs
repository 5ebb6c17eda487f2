using System.Numerics;

namespace AuStream.Synthesis.Heads;

/// <summary>
/// Smooth warp of space through point pairs: displacement = Σ wᵢ·|x − pᵢ| + constant, the weights from the point pairs with a
/// little smoothing (biharmonic radial basis functions; Wendland, Scattered Data Approximation, ch. 8). Immutable.
/// </summary>
internal sealed class RadialBasisWarp
{
    private readonly Vector3[] _centers;
    private readonly double[] _weights;

    /// <param name="from">Points.</param>
    /// <param name="to">Where they go.</param>
    /// <param name="smoothing">0 goes exactly through the points.</param>
    public RadialBasisWarp(IReadOnlyList<Vector3> from, IReadOnlyList<Vector3> to, double smoothing)
    {
        _centers = [.. from];
        int n = _centers.Length;
        int size = n + 1;
        var a = new double[size * size];
        _weights = new double[size * 3];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                a[(i * size) + j] = -Vector3.Distance(_centers[i], _centers[j]);
            }

            a[(i * size) + i] += smoothing;
            a[(i * size) + n] = 1;
            a[(n * size) + i] = 1;
            Vector3 d = to[i] - _centers[i];
            (_weights[i * 3], _weights[(i * 3) + 1], _weights[(i * 3) + 2]) = (d.X, d.Y, d.Z);
        }

        DenseSolver.Solve(a, _weights, size, 3);
    }

    /// <summary>Where a point goes.</summary>
    public Vector3 Apply(Vector3 point)
    {
        int n = _centers.Length;
        double x = _weights[n * 3], y = _weights[(n * 3) + 1], z = _weights[(n * 3) + 2];
        for (int i = 0; i < n; i++)
        {
            double r = -Vector3.Distance(point, _centers[i]);
            x += r * _weights[i * 3];
            y += r * _weights[(i * 3) + 1];
            z += r * _weights[(i * 3) + 2];
        }

        return point + new Vector3((float)x, (float)y, (float)z);
    }
}
