using AuStream.Stages.Faces;

namespace AuStream.Stages.Landmarks;

/// <summary>
/// Head pose from dense landmarks: the rotation that, with a scale and a translation, carries the canonical face's rigid points
/// onto the landmarks with the least weighted squared error in three dimensions (Horn 1987, unit quaternions).
/// </summary>
/// <remarks>Perspective is not modelled: a face at the picture's edge is measured as its picture shows it. Thread-safe.</remarks>
public sealed class HeadPoseEstimator
{
    private readonly int[] _indices;
    private readonly float[] _weights;
    private readonly double[] _centred;

    /// <param name="face">The face at zero pose.</param>
    /// <exception cref="ArgumentException">Fewer than 4 points, or lists of different lengths.</exception>
    public HeadPoseEstimator(CanonicalFace face)
    {
        ArgumentNullException.ThrowIfNull(face);
        if (face.Indices.Length < 4 || face.Points.Length != 3 * face.Indices.Length || face.Weights.Length != face.Indices.Length)
        {
            throw new ArgumentException("A canonical face needs at least 4 points with three coordinates and a weight each.", nameof(face));
        }

        _indices = face.Indices;
        float total = face.Weights.Sum();
        _weights = Array.ConvertAll(face.Weights, weight => weight / total);
        _centred = Array.ConvertAll(face.Points, value => (double)value);
        for (int axis = 0; axis < 3; axis++)
        {
            double mean = Enumerable.Range(0, _indices.Length).Sum(i => _weights[i] * _centred[(3 * i) + axis]);
            for (int i = 0; i < _indices.Length; i++)
            {
                _centred[(3 * i) + axis] -= mean;
            }
        }
    }

    /// <summary>Pose of a face.</summary>
    /// <param name="landmarks">468 × (x, y, z) in pixels, z negative towards the camera.</param>
    public HeadPose Estimate(ReadOnlySpan<float> landmarks)
    {
        Span<double> covariance = stackalloc double[9];
        Covariance(landmarks, covariance);
        Span<double> rotation = stackalloc double[9];
        OptimalRotation.Find(covariance, rotation);
        return ToAngles(rotation);
    }

    /// <summary>Splits a rotation (row-major, x right, y down, z away) into yaw about y, then pitch about x, then roll about z.</summary>
    internal static HeadPose ToAngles(ReadOnlySpan<double> rotation)
    {
        // The face looks along −z; the third column, negated, is where it looks now.
        double yaw = Math.Atan2(-rotation[2], rotation[8]);
        double pitch = Math.Asin(Math.Clamp(rotation[5], -1, 1));
        double roll = Math.Atan2(rotation[3], rotation[4]);
        const double Degrees = 180 / Math.PI;
        return new HeadPose((float)(yaw * Degrees), (float)(pitch * Degrees), (float)(roll * Degrees));
    }

    private void Covariance(ReadOnlySpan<float> landmarks, Span<double> covariance)
    {
        Span<double> mean = stackalloc double[3];
        mean.Clear();
        for (int i = 0; i < _indices.Length; i++)
        {
            for (int axis = 0; axis < 3; axis++)
            {
                mean[axis] += _weights[i] * landmarks[(3 * _indices[i]) + axis];
            }
        }

        covariance.Clear();
        for (int i = 0; i < _indices.Length; i++)
        {
            for (int row = 0; row < 3; row++)
            {
                double weighted = _weights[i] * _centred[(3 * i) + row];
                for (int column = 0; column < 3; column++)
                {
                    covariance[(3 * row) + column] += weighted * (landmarks[(3 * _indices[i]) + column] - mean[column]);
                }
            }
        }
    }
}
