using System.Numerics;

namespace AuStream.Synthesis.Heads;

/// <summary>
/// Where the points of the 68 scheme lie on a head's skin. Vertices alone are too coarse and partly beside the feature (the base of the nose lay up to 3 % of
/// the eyes' distance down the upper lip), so they are moved to where a network that learned from photographs, the attention mesh, sees them on average in
/// rendered neutral faces.
/// </summary>
internal static class FacePoints
{
    /// <summary>Skin around the features that is searched, in texture coordinates.</summary>
    private const float Margin = 0.05f;

    /// <summary>ICT-FaceKit: point, its mirror image, towards the middle and up, centimetres; from some 490 neutral faces (<c>python3 -m austream_training point-places</c>).</summary>
    public static readonly (int Point, int Mirrored, float Inwards, float Up)[] Ict =
    [
        (31, 35, 0, 0.17f), (32, 34, 0, 0.17f), (33, 33, 0, 0.17f),
        (39, 42, 0.07f, 0.11f),
        (48, 54, 0.20f, 0.09f), (49, 53, 0, 0.10f), (58, 56, 0, 0.07f), (57, 57, 0, 0.11f), (60, 64, 0.11f, 0.08f),
    ];

    /// <summary>The same for MakeHuman.</summary>
    public static readonly (int Point, int Mirrored, float Inwards, float Up)[] MakeHuman =
    [
        (31, 35, 0, 0.19f), (32, 34, 0, 0.19f), (33, 33, 0, 0.19f),
        (39, 42, 0.13f, -0.03f),
        (48, 54, 0.20f, 0.17f), (49, 53, 0, 0.08f), (50, 52, 0, 0.08f), (51, 51, 0, 0.07f), (59, 55, 0, 0.10f), (58, 56, 0, 0.14f), (57, 57, 0, 0.12f), (60, 64, 0.07f, 0.07f),
    ];

    /// <summary>Finds the places.</summary>
    /// <param name="neutral">The mean head, centimetres.</param>
    /// <param name="landmarks">Vertices of the 68 points.</param>
    /// <param name="skin">The skin.</param>
    /// <param name="coordinates">Texture coordinates of the 68 points.</param>
    /// <param name="moved">By how much points are moved along the skin.</param>
    public static SkinPoint[] Find(
        Vector3[] neutral, int[] landmarks, MeshPart skin, Vector2[] coordinates, IEnumerable<(int Point, int Mirrored, float Inwards, float Up)> moved)
    {
        SkinPoint[] places = [.. landmarks.Select(vertex => new SkinPoint(vertex, vertex, vertex, 0, 0))];
        foreach ((int point, int mirrored, float inwards, float up) in moved)
        {
            Move(point, inwards, up);
            if (mirrored != point)
            {
                Move(mirrored, -inwards, up);
            }
        }

        return places;

        // The person's right side has negative x.
        void Move(int point, float right, float up)
        {
            var surface = SkinSurface.Around(skin, coordinates.AsSpan(point, 1), Margin);
            places[point] = surface.Nearest(neutral[landmarks[point]] + new Vector3(right, up, 0), neutral);
        }
    }
}
