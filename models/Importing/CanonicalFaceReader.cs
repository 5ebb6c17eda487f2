using System.Buffers.Binary;

namespace AuStream.Models.Importing;

/// <summary>
/// Reads the canonical face of MediaPipe's face geometry module (protocol buffers, <c>GeometryPipelineMetadata</c>): where the mesh's
/// points lie on an average face, and how much each counts when a head's pose is fitted.
/// </summary>
internal static class CanonicalFaceReader
{
    /// <summary>Points of the mesh.</summary>
    public const int PointCount = 468;

    private const int FloatsPerVertex = 5; // x, y, z, and two texture coordinates

    /// <summary>Points as 468 × (x, y, z), x to the picture's right, y up, z towards the camera; and 468 weights, 0 for most.</summary>
    public static (float[] Points, float[] Weights) Read(string file, ReadOnlySpan<byte> bytes)
    {
        List<float> vertices = [];
        float[] weights = new float[PointCount];
        ProtobufReader reader = new(file, bytes);
        while (reader.NextField())
        {
            if (reader.Field == 1)
            {
                ReadMesh(file, reader.Bytes, vertices);
            }
            else if (reader.Field == 2)
            {
                ReadWeight(file, reader.Bytes, weights);
            }
        }

        if (vertices.Count != PointCount * FloatsPerVertex || !weights.Any(weight => weight > 0))
        {
            throw new ModelImportException($"{file} does not describe a face mesh of {PointCount} points. Fetch the package again (austream models import).");
        }

        float[] points = new float[PointCount * 3];
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = vertices[(i / 3 * FloatsPerVertex) + (i % 3)];
        }

        return (points, weights);
    }

    private static void ReadMesh(string file, ReadOnlySpan<byte> bytes, List<float> vertices)
    {
        ProtobufReader reader = new(file, bytes);
        while (reader.NextField())
        {
            if (reader.Field == 3)
            {
                for (ReadOnlySpan<byte> rest = reader.Bytes; rest.Length >= 4; rest = rest[4..])
                {
                    vertices.Add(BinaryPrimitives.ReadSingleLittleEndian(rest));
                }
            }
        }
    }

    private static void ReadWeight(string file, ReadOnlySpan<byte> bytes, float[] weights)
    {
        (ulong point, float weight) = (ulong.MaxValue, 0);
        ProtobufReader reader = new(file, bytes);
        while (reader.NextField())
        {
            if (reader.Field == 1)
            {
                point = reader.Number;
            }
            else if (reader.Field == 2 && reader.Bytes.Length == 4)
            {
                weight = BinaryPrimitives.ReadSingleLittleEndian(reader.Bytes);
            }
        }

        if (point >= PointCount || !float.IsFinite(weight))
        {
            throw new ModelImportException($"{file} weights a point that the face mesh does not have. Fetch the package again (austream models import).");
        }

        weights[point] = weight;
    }
}
