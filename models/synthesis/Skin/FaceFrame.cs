using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.CompilerServices;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.Skin;

/// <summary>Maps between the painters' frame (<see cref="FaceTemplate"/>) and the texels of one head's skin texture. Immutable, thread-safe.</summary>
internal sealed class FaceFrame
{
    private const int Grid = 56;

    // The way back is tabled too, over the frame and a quarter of it around: half a thousandth of a unit is as exact as painters need.
    private const int ReverseGrid = 192;
    private const float ReverseFrom = -0.25f;
    private const float ReverseWidth = 1.5f;

    private static readonly ConditionalWeakTable<SkinLayout, ConcurrentDictionary<int, Lazy<FaceFrame>>> Frames = [];

    private readonly ThinPlateSpline _toTexture;
    private readonly Vector2[] _grid = new Vector2[(Grid + 1) * (Grid + 1)];
    private readonly Vector2[] _reverse = new Vector2[(ReverseGrid + 1) * (ReverseGrid + 1)];

    /// <param name="layout">Where features lie in the texture.</param>
    /// <param name="size">Side of the texture in texels.</param>
    public FaceFrame(SkinLayout layout, int size)
    {
        Size = size;
        var texture = new Vector2[68];
        for (int i = 0; i < 68; i++)
        {
            texture[i] = new Vector2(layout.Points68[i].X, 1 - layout.Points68[i].Y);
        }

        _toTexture = new ThinPlateSpline(FaceTemplate.Points68, texture);
        var toFrame = new ThinPlateSpline(texture, FaceTemplate.Points68);
        for (int y = 0; y <= Grid; y++)
        {
            for (int x = 0; x <= Grid; x++)
            {
                _grid[(y * (Grid + 1)) + x] = toFrame.Map(new Vector2((float)x / Grid, (float)y / Grid));
            }
        }

        for (int y = 0; y <= ReverseGrid; y++)
        {
            for (int x = 0; x <= ReverseGrid; x++)
            {
                _reverse[(y * (ReverseGrid + 1)) + x] = _toTexture.Map(new Vector2(ReverseFrom + (ReverseWidth * x / ReverseGrid), ReverseFrom + (ReverseWidth * y / ReverseGrid)));
            }
        }

        TexelsPerUnit = Vector2.Distance(ToTexel(new Vector2(0.36f, 0.28f)), ToTexel(new Vector2(0.64f, 0.28f))) / 0.28f;
    }

    /// <summary>Side of the texture in texels.</summary>
    public int Size { get; }

    /// <summary>Texels per unit of the frame, across the eyes.</summary>
    public float TexelsPerUnit { get; }

    /// <summary>Texels per centimetre of skin.</summary>
    public float TexelsPerCentimetre => TexelsPerUnit / FaceTemplate.Centimetres;

    /// <summary>The frame of a layout at a size, made once and kept as long as the layout lives: heads of one kind share it.</summary>
    public static FaceFrame Of(SkinLayout layout, int size) => Frames
        .GetValue(layout, static _ => new ConcurrentDictionary<int, Lazy<FaceFrame>>())
        .GetOrAdd(size, side => new Lazy<FaceFrame>(() => new FaceFrame(layout, side))).Value;

    /// <summary>A point of the frame in texels: 0.5 is the middle of the first column or row.</summary>
    public Vector2 ToTexel(Vector2 point)
    {
        Vector2 at = (point - new Vector2(ReverseFrom)) * (ReverseGrid / ReverseWidth);
        int left = (int)at.X;
        int top = (int)at.Y;
        return at.X >= 0 && at.Y >= 0 && left < ReverseGrid && top < ReverseGrid
            ? Bilinear(_reverse, (top * (ReverseGrid + 1)) + left, ReverseGrid + 1, at.X - left, at.Y - top) * Size
            : _toTexture.Map(point) * Size;
    }

    /// <summary>A texel's middle in the frame.</summary>
    public Vector2 FromTexel(int x, int y)
    {
        float gx = (x + 0.5f) * Grid / Size;
        float gy = (y + 0.5f) * Grid / Size;
        int left = Math.Clamp((int)gx, 0, Grid - 1);
        int top = Math.Clamp((int)gy, 0, Grid - 1);
        return Bilinear(_grid, (top * (Grid + 1)) + left, Grid + 1, gx - left, gy - top);
    }

    /// <summary>The texels that a rectangle of the frame covers, clipped to the texture.</summary>
    public TexelRegion Region(Vector2 center, Vector2 halfSize)
    {
        Vector2 low = new(float.MaxValue);
        Vector2 high = new(float.MinValue);
        for (int i = 0; i <= 4; i++)
        {
            for (int j = 0; j <= 4; j++)
            {
                Vector2 texel = ToTexel(center + (halfSize * new Vector2((i - 2) / 2f, (j - 2) / 2f)));
                low = Vector2.Min(low, texel);
                high = Vector2.Max(high, texel);
            }
        }

        return TexelRegion.Covering(low, high, Size);
    }

    private static Vector2 Bilinear(Vector2[] nodes, int at, int stride, float right, float down) => Vector2.Lerp(
        Vector2.Lerp(nodes[at], nodes[at + 1], right),
        Vector2.Lerp(nodes[at + stride], nodes[at + stride + 1], right),
        down);
}
