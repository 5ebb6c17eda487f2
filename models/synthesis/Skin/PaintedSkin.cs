using System.Numerics;
using AuStream.Synthesis.ActionUnits;
using AuStream.Synthesis.Shading;

namespace AuStream.Synthesis.Skin;

/// <summary>
/// A person's skin: textures whose wrinkles follow the expression. <see cref="Express"/> repaints only what changed; do not call it
/// while the textures are drawn. Not thread-safe.
/// </summary>
public sealed class PaintedSkin
{
    private const int TileSide = 32;

    // How much a valley of one centimetre darkens: blood is pressed away and light does not reach down.
    private static readonly Vector3 ValleyAbsorption = new(2.2f, 3.3f, 3.5f);

    private readonly Vector3[] _colors;
    private readonly float[] _heights;
    private readonly float[] _expressedHeights;
    private readonly IReadOnlyList<WrinkleLayer> _layers;
    private readonly float[] _depths;
    private readonly bool[] _dirtyTiles;
    private readonly int _size;

    internal PaintedSkin(SkinCanvas canvas, IReadOnlyList<WrinkleLayer> layers)
    {
        _size = canvas.Size;
        _colors = canvas.Colors;
        _heights = canvas.Heights;
        _expressedHeights = [.. canvas.Heights];
        _layers = layers;
        _depths = new float[layers.Count];
        _dirtyTiles = new bool[(_size / TileSide) * (_size / TileSide)];
        Albedo = new MipTexture(_size, _size);
        Relief = new MipTexture(_size, _size);
        Array.Fill(_dirtyTiles, true);
        Express(new SidedStrengths());
    }

    /// <summary>Colour of the skin.</summary>
    public MipTexture Albedo { get; }

    /// <summary>Relief of the skin in centimetres.</summary>
    public MipTexture Relief { get; }

    /// <summary>Mean reflectance of the face, linear: what a camera's exposure meter reacts to.</summary>
    public float Reflectance { get; internal set; }

    /// <summary>Deepens the wrinkles for an expression.</summary>
    public void Express(SidedStrengths strengths)
    {
        ArgumentNullException.ThrowIfNull(strengths);
        for (int i = 0; i < _layers.Count; i++)
        {
            float depth = _layers[i].Depth(strengths);
            if (MathF.Abs(depth - _depths[i]) > 1e-4f)
            {
                _depths[i] = depth;
                MarkDirty(_layers[i].Region);
            }
        }

        int tilesPerSide = _size / TileSide;
        for (int tile = 0; tile < _dirtyTiles.Length; tile++)
        {
            if (_dirtyTiles[tile])
            {
                Repaint(new TexelRegion(tile % tilesPerSide * TileSide, tile / tilesPerSide * TileSide, TileSide, TileSide));
            }
        }

        // Slopes look at neighbours, so they come after all heights.
        for (int tile = 0; tile < _dirtyTiles.Length; tile++)
        {
            if (_dirtyTiles[tile])
            {
                int left = tile % tilesPerSide * TileSide;
                int top = tile / tilesPerSide * TileSide;
                Relief.WriteSlopes(_expressedHeights, left, top, TileSide, TileSide);
                Relief.Refresh(left, top, TileSide, TileSide);
                Albedo.Refresh(left, top, TileSide, TileSide);
                _dirtyTiles[tile] = false;
            }
        }
    }

    private void MarkDirty(TexelRegion region)
    {
        TexelRegion grown = region.Grow(1, _size);
        if (grown.IsEmpty)
        {
            return;
        }

        for (int ty = grown.Top / TileSide; ty <= (grown.Top + grown.Height - 1) / TileSide; ty++)
        {
            for (int tx = grown.Left / TileSide; tx <= (grown.Left + grown.Width - 1) / TileSide; tx++)
            {
                _dirtyTiles[(ty * (_size / TileSide)) + tx] = true;
            }
        }
    }

    private void Repaint(TexelRegion tile)
    {
        Span<float> valleys = stackalloc float[TileSide * TileSide];
        valleys.Clear();
        for (int i = 0; i < _layers.Count; i++)
        {
            if (_depths[i] > 0)
            {
                Add(_layers[i], _depths[i], tile, valleys);
            }
        }

        Span<Vector4> albedo = Albedo.Texels;
        for (int y = 0; y < TileSide; y++)
        {
            int row = ((tile.Top + y) * _size) + tile.Left;
            for (int x = 0; x < TileSide; x++)
            {
                float valley = valleys[(y * TileSide) + x];
                _expressedHeights[row + x] = _heights[row + x] - valley;
                Vector3 color = _colors[row + x];
                if (valley > 0)
                {
                    color /= Vector3.One + (ValleyAbsorption * valley);
                }

                albedo[row + x] = new Vector4(color, 1);
            }
        }
    }

    private static void Add(WrinkleLayer layer, float depth, TexelRegion tile, Span<float> valleys)
    {
        TexelRegion region = layer.Region;
        int left = Math.Max(tile.Left, region.Left);
        int right = Math.Min(tile.Left + tile.Width, region.Left + region.Width);
        int top = Math.Max(tile.Top, region.Top);
        int bottom = Math.Min(tile.Top + tile.Height, region.Top + region.Height);
        for (int y = top; y < bottom; y++)
        {
            ReadOnlySpan<float> source = layer.Valleys.Slice((y - region.Top) * region.Width, region.Width);
            for (int x = left; x < right; x++)
            {
                valleys[((y - tile.Top) * TileSide) + x - tile.Left] += source[x - region.Left] * depth;
            }
        }
    }
}
