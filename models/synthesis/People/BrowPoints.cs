using System.Numerics;
using AuStream.Synthesis.Heads;
using AuStream.Synthesis.Skin;

namespace AuStream.Synthesis.People;

/// <summary>Where a person's painted brows lie on the skin.</summary>
internal static class BrowPoints
{
    private const int First = 17;
    private const int OfOneBrow = 5;

    /// <summary>The points 17–26 of the 68 scheme: the middle of the brow at five even steps, from the right tail to the left one.</summary>
    public static SkinPoint[] Of(IctFaceModel model, PersonAppearance appearance)
    {
        var shape = BrowShape.Of(appearance);
        var frame = FaceFrame.Of(model.SkinLayout, model.SkinLayout.TextureSize);
        var points = new SkinPoint[2 * OfOneBrow];
        for (int i = 0; i < points.Length; i++)
        {
            bool isLeft = i >= OfOneBrow;
            Vector2 place = shape.At((isLeft ? points.Length - 1 - i : i) / (OfOneBrow - 1f));
            Vector2 texel = frame.ToTexel(isLeft ? new Vector2(1 - place.X, place.Y) : place) / frame.Size;
            int vertex = model.Rig.Landmarks68[First + i];
            points[i] = model.BrowSkin.Find(new Vector2(texel.X, 1 - texel.Y)) ?? new SkinPoint(vertex, vertex, vertex, 0, 0);
        }

        return points;
    }
}
