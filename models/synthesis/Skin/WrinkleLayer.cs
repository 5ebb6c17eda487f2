using System.Numerics;
using System.Runtime.Intrinsics;
using AuStream.Synthesis.ActionUnits;

namespace AuStream.Synthesis.Skin;

/// <summary>Wrinkles that deepen together: a relief over part of the texture and what drives it. Immutable once drawn.</summary>
internal sealed class WrinkleLayer
{
    private readonly WrinkleDriver[] _drivers;
    private readonly FaceFrame _frame;
    private float[] _valleys = [];

    /// <param name="frame">Frame of the texture.</param>
    /// <param name="resting">Depth without expression, in centimetres.</param>
    /// <param name="moving">Depth at full strength in centimetres, added to the resting depth.</param>
    /// <param name="drivers">Action units; the strongest decides.</param>
    public WrinkleLayer(FaceFrame frame, float resting, float moving, params WrinkleDriver[] drivers)
    {
        _frame = frame;
        Resting = resting;
        Moving = moving;
        _drivers = drivers;
    }

    public float Resting { get; }

    public float Moving { get; }

    public TexelRegion Region { get; private set; }

    /// <summary>Depth of the valley, 0–1, per texel of the region; negative on the ridges beside it.</summary>
    public ReadOnlySpan<float> Valleys => _valleys;

    /// <summary>Depth in centimetres for an expression.</summary>
    public float Depth(SidedStrengths strengths)
    {
        float strongest = 0;
        foreach (WrinkleDriver driver in _drivers)
        {
            strongest = Math.Max(strongest, driver.Value(strengths));
        }

        return Resting + (Moving * Math.Clamp(strongest, 0, 1.3f));
    }

    /// <summary>Adds a line of the frame: a valley with soft ridges beside it, fading out at both ends.</summary>
    /// <param name="points">Points that it runs through.</param>
    /// <param name="centimetres">Standard deviation of the valley's profile.</param>
    /// <param name="strength">Depth relative to the layer's, 0–1.</param>
    public void AddLine(ReadOnlySpan<Vector2> points, float centimetres, float strength)
    {
        Vector2[] curve = Curve.Through(points, 7);
        for (int i = 0; i < curve.Length; i++)
        {
            curve[i] = _frame.ToTexel(curve[i]);
        }

        float radius = Math.Max(0.6f, centimetres * _frame.TexelsPerCentimetre);
        float reach = radius * 5;
        Vector2 low = curve[0];
        Vector2 high = curve[0];
        foreach (Vector2 point in curve)
        {
            low = Vector2.Min(low, point);
            high = Vector2.Max(high, point);
        }

        Enlarge(TexelRegion.Covering(low - new Vector2(reach), high + new Vector2(reach), _frame.Size));
        TexelRegion lineRegion = TexelRegion.Covering(low - new Vector2(reach), high + new Vector2(reach), _frame.Size);
        Span<float> distances = stackalloc float[Vector256<float>.Count];
        Span<float> places = stackalloc float[Vector256<float>.Count];
        float scale = 1 / (radius * radius);
        for (int y = lineRegion.Top; y < lineRegion.Top + lineRegion.Height; y++)
        {
            int end = lineRegion.Left + lineRegion.Width;
            for (int left = lineRegion.Left; left < end; left += distances.Length)
            {
                Nearest(curve, left + 0.5f, y + 0.5f, distances, places);
                for (int lane = 0; lane < distances.Length && left + lane < end; lane++)
                {
                    float squared = distances[lane] * scale;
                    if (squared >= 25)
                    {
                        continue;
                    }

                    float fade = Math.Clamp(Math.Min(places[lane], 1 - places[lane]) * 4.5f, 0, 1);
                    float profile = MathF.Exp(-0.5f * squared) - (0.38f * MathF.Exp(-0.5f * squared / 5.3f));
                    ref float valley = ref At(left + lane, y);
                    float added = profile * 1.4f * strength * fade;
                    valley = added > 0 ? Math.Max(valley, added) : valley + (added * 0.7f);
                }
            }
        }
    }

    /// <summary>Adds pits or puckers: a soft ellipse whose texels get a value each.</summary>
    public void AddPatch(Vector2 center, Vector2 spread, Func<int, int, float> value)
    {
        TexelRegion patch = _frame.Region(center, spread * 2.4f);
        Enlarge(patch);
        for (int y = patch.Top; y < patch.Top + patch.Height; y++)
        {
            for (int x = patch.Left; x < patch.Left + patch.Width; x++)
            {
                float squared = ((_frame.FromTexel(x, y) - center) / spread).LengthSquared();
                At(x, y) += value(x, y) * MathF.Exp(-0.5f * squared);
            }
        }
    }

    private ref float At(int x, int y) => ref _valleys[((y - Region.Top) * Region.Width) + x - Region.Left];

    private void Enlarge(TexelRegion added)
    {
        TexelRegion union = Region.Union(added);
        var values = new float[Math.Max(0, union.Width * union.Height)];
        for (int y = 0; y < Region.Height; y++)
        {
            _valleys.AsSpan(y * Region.Width, Region.Width).CopyTo(values.AsSpan(((y + Region.Top - union.Top) * union.Width) + Region.Left - union.Left));
        }

        Region = union;
        _valleys = values;
    }

    // Squared distances of eight points of a row to a curve, and where along it (0–1) the nearest places lie.
    private static void Nearest(Vector2[] curve, float firstX, float y, Span<float> squared, Span<float> along)
    {
        Vector256<float> x = Vector256.Create(firstX) + Vector256.Create(0f, 1, 2, 3, 4, 5, 6, 7);
        Vector256<float> nearest = Vector256.Create(float.MaxValue);
        Vector256<float> place = Vector256<float>.Zero;
        for (int i = 0; i + 1 < curve.Length; i++)
        {
            Vector2 edge = curve[i + 1] - curve[i];
            float reciprocal = 1 / (edge.LengthSquared() + 1e-9f);
            Vector256<float> offsetX = x - Vector256.Create(curve[i].X);
            float offsetY = y - curve[i].Y;
            Vector256<float> t = ((offsetX * edge.X) + Vector256.Create(offsetY * edge.Y)) * reciprocal;
            t = Vector256.Min(Vector256.Max(t, Vector256<float>.Zero), Vector256<float>.One);
            Vector256<float> restX = offsetX - (t * edge.X);
            Vector256<float> restY = Vector256.Create(offsetY) - (t * edge.Y);
            Vector256<float> distance = (restX * restX) + (restY * restY);
            Vector256<float> isNearer = Vector256.LessThan(distance, nearest);
            nearest = Vector256.Min(distance, nearest);
            place = Vector256.ConditionalSelect(isNearer, t + Vector256.Create((float)i), place);
        }

        nearest.CopyTo(squared);
        (place * (1f / (curve.Length - 1))).CopyTo(along);
    }
}
