using System.Runtime.InteropServices;
using AuStream.Models.Sessions;
using AuStream.Stages.Faces;

namespace AuStream.Stages.Landmarks;

/// <summary>The average face that head poses are measured against: its rigid points, and how much each counts.</summary>
/// <param name="Indices">Mesh points that move little with the expression.</param>
/// <param name="Points">(x, y, z) of each, x to the picture's right, y down, z away from the camera, any unit; looks into the camera.</param>
/// <param name="Weights">Above 0, one per point.</param>
public sealed record CanonicalFace(int[] Indices, float[] Points, float[] Weights)
{
    /// <summary>Reads the face that <see cref="Models.Importing.MediaPipeImporter"/> put into the landmark network's metadata.</summary>
    /// <exception cref="ModelLoadException">The network carries none.</exception>
    public static CanonicalFace FromMetadata(OnnxSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        float[] all = Decode(session, "canonical_face_points", FaceObservation.LandmarkCount * 3);
        float[] weights = Decode(session, "canonical_face_weights", FaceObservation.LandmarkCount);
        int[] indices = [.. Enumerable.Range(0, weights.Length).Where(i => weights[i] > 0)];
        // The file has y up and z towards the camera.
        float[] points = [.. indices.SelectMany(i => (float[])[all[3 * i], -all[(3 * i) + 1], -all[(3 * i) + 2]])];
        return new CanonicalFace(indices, points, [.. indices.Select(i => weights[i])]);
    }

    private static float[] Decode(OnnxSession session, string key, int count)
    {
        byte[] bytes = new byte[count * sizeof(float)];
        if (!session.Metadata.TryGetValue(key, out string? text) || !Convert.TryFromBase64String(text, bytes, out int written) || written != bytes.Length)
        {
            throw new ModelLoadException($"{session.Path} does not carry '{key}': it was made by another version. Run 'austream models import'.");
        }

        return MemoryMarshal.Cast<byte, float>(bytes).ToArray();
    }
}
