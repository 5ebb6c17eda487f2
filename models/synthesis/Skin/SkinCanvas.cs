using System.Numerics;
using AuStream.Synthesis.Randomness;

namespace AuStream.Synthesis.Skin;

/// <summary>Texture being painted: colour (linear light) and height (centimetres) per texel, with the brushes that all painters share.</summary>
internal sealed class SkinCanvas
{
    public SkinCanvas(FaceFrame frame)
    {
        Frame = frame;
        Colors = new Vector3[frame.Size * frame.Size];
        Heights = new float[frame.Size * frame.Size];
    }

    public FaceFrame Frame { get; }

    public int Size => Frame.Size;

    public Vector3[] Colors { get; }

    public float[] Heights { get; }

    /// <summary>Multiplies the colour within a soft ellipse of the frame.</summary>
    /// <param name="center">Centre.</param>
    /// <param name="spread">Standard deviations along x and y.</param>
    /// <param name="color">Factor in the middle.</param>
    /// <param name="strength">0 leaves the colour, 1 multiplies fully.</param>
    public void Tint(Vector2 center, Vector2 spread, Vector3 color, float strength)
    {
        Vector3 change = (color - Vector3.One) * strength;
        ForEach(center, spread, (index, weight) => Colors[index] *= Vector3.One + (change * weight));
    }

    /// <summary>The same on both sides of the face.</summary>
    public void TintBoth(Vector2 center, Vector2 spread, Vector3 color, float strength)
    {
        Tint(center, spread, color, strength);
        Tint(new Vector2(1 - center.X, center.Y), spread, color, strength);
    }

    /// <summary>Mixes a colour in within a soft ellipse.</summary>
    public void Mix(Vector2 center, Vector2 spread, Vector3 color, float strength) =>
        ForEach(center, spread, (index, weight) => Colors[index] = Vector3.Lerp(Colors[index], color, weight * strength));

    /// <summary>Visits the texels of a soft ellipse with their weights.</summary>
    public void ForEach(Vector2 center, Vector2 spread, Action<int, float> visit)
    {
        TexelRegion region = Frame.Region(center, spread * 2.6f);
        for (int y = region.Top; y < region.Top + region.Height; y++)
        {
            for (int x = region.Left; x < region.Left + region.Width; x++)
            {
                Vector2 offset = (Frame.FromTexel(x, y) - center) / spread;
                float squared = offset.LengthSquared();
                if (squared < 6.8f)
                {
                    visit((y * Size) + x, MathF.Exp(-0.5f * squared));
                }
            }
        }
    }

    /// <summary>Visits texels along a stroke with a soft round brush; weights are 1 on the line.</summary>
    /// <param name="from">Start in texels.</param>
    /// <param name="to">End in texels.</param>
    /// <param name="radius">Standard deviation of the brush in texels.</param>
    /// <param name="visit">Receives texel index, weight, and position along the stroke 0–1.</param>
    public void Stroke(Vector2 from, Vector2 to, float radius, Action<int, float, float> visit)
    {
        float reach = (radius * 2.5f) + 0.5f;
        TexelRegion region = TexelRegion.Covering(Vector2.Min(from, to) - new Vector2(reach), Vector2.Max(from, to) + new Vector2(reach), Size);
        Vector2 along = to - from;
        float lengthSquared = along.LengthSquared() + 1e-6f;
        float falloff = -0.5f / (radius * radius);
        for (int y = region.Top; y < region.Top + region.Height; y++)
        {
            for (int x = region.Left; x < region.Left + region.Width; x++)
            {
                Vector2 at = new Vector2(x + 0.5f, y + 0.5f) - from;
                float t = Math.Clamp(Vector2.Dot(at, along) / lengthSquared, 0, 1);
                float squared = (at - (along * t)).LengthSquared();
                if (squared < reach * reach)
                {
                    visit((y * Size) + x, MathF.Exp(squared * falloff), t);
                }
            }
        }
    }

    /// <summary>A random corner of a noise tile, so that no two people share their grain.</summary>
    public static (int X, int Y) TileOffset(RandomStream random) => (random.Below(512), random.Below(512));
}
