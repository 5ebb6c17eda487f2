using System.Numerics;
using AuStream.Synthesis.ActionUnits;
using AuStream.Synthesis.People;
using AuStream.Synthesis.Randomness;

namespace AuStream.Synthesis.Skin;

/// <summary>
/// Draws where a person's wrinkles run and which action units deepen them (Ekman, Friesen and Hager, "Facial Action Coding
/// System", 2002). People differ: some show almost none.
/// </summary>
internal sealed class WrinkleMap
{
    private readonly FaceFrame _frame;
    private readonly RandomStream _random;
    private readonly List<WrinkleLayer> _layers = [];

    // Centimetres of depth at full strength, and without expression.
    private readonly float _moving;
    private readonly float _resting;

    // Probability of each wrinkle to be there at rest almost as deep as in motion.
    private readonly float _marked;

    private WrinkleMap(FaceFrame frame, PersonAppearance person, RandomStream random)
    {
        _frame = frame;
        _random = random;
        float tendency = 0.35f + (0.65f * random.NextUnit());
        tendency *= random.Chance(0.25f) ? 0.3f : 1;
        _moving = 0.115f * tendency * (0.65f + (0.7f * person.Age));
        _marked = random.Chance(0.35f) ? random.Uniform(0.1f, 0.5f) : 0.06f;
        _resting = 0.05f * person.Age * random.NextUnit();
    }

    /// <summary>All wrinkles of a person.</summary>
    public static IReadOnlyList<WrinkleLayer> Draw(FaceFrame frame, PersonAppearance person, RandomStream random)
    {
        var map = new WrinkleMap(frame, person, random);
        map.AddForehead();
        map.AddGlabella();
        map.AddNoseRoot();
        foreach (FaceSide side in (ReadOnlySpan<FaceSide>)[FaceSide.Right, FaceSide.Left])
        {
            map.AddEyeCorner(side);
            map.AddBunnyLines(side);
            map.AddCheekLines(side);
            map.AddMouthCorner(side);
        }

        map.AddChin();
        map.AddLipLines();
        return map._layers;
    }

    private void AddForehead()
    {
        int count = 3 + _random.Below(3);
        float first = _random.Uniform(0.145f, 0.162f);
        float step = _random.Uniform(0.025f, 0.036f);
        WrinkleLayer middle = Layer(1, 0.6f, new(1, null, 1), new(2, null, 0.55f));
        WrinkleLayer right = Layer(1, 0.6f, new(2, FaceSide.Right, 1), new(1, FaceSide.Right, 0.5f));
        WrinkleLayer left = Layer(1, 0.6f, new(2, FaceSide.Left, 1), new(1, FaceSide.Left, 0.5f));
        for (int i = 0; i < count; i++)
        {
            float y = first - (step * i) + _random.Normal(0, 0.004f);
            float dip = _random.Normal(0.004f, 0.005f);
            float strength = _random.Uniform(0.45f, 1.1f);
            float width = _random.Uniform(0.10f, 0.17f);
            middle.AddLine([new(0.39f, y - 0.002f), new(0.46f, y + Wobble()), new(0.5f, y + dip), new(0.54f, y + Wobble()), new(0.61f, y - 0.002f)], width, strength);
            right.AddLine([new(0.26f + _random.Uniform(-0.03f, 0.04f), y + 0.016f), new(0.33f, y + 0.002f + Wobble()), new(0.39f, y - 0.002f), new(0.44f, y + Wobble())], width, strength);
            left.AddLine([new(0.74f + _random.Uniform(-0.04f, 0.03f), y + 0.016f), new(0.67f, y + 0.002f + Wobble()), new(0.61f, y - 0.002f), new(0.56f, y + Wobble())], width, strength);
        }
    }

    private void AddGlabella()
    {
        foreach (FaceSide side in (ReadOnlySpan<FaceSide>)[FaceSide.Right, FaceSide.Left])
        {
            WrinkleLayer layer = Layer(1.15f, 0.8f, new WrinkleDriver(4, side, 1));
            float x = _random.Uniform(0.462f, 0.482f);
            float lean = _random.Uniform(-0.004f, 0.012f);
            layer.AddLine(Sided(side, [new(x - lean, 0.158f + _random.Uniform(-0.012f, 0.012f)), new(x, 0.19f), new(x + 0.003f, 0.232f)]), _random.Uniform(0.08f, 0.14f), _random.Uniform(0.6f, 1.2f));
            if (_random.Chance(0.4f))
            {
                layer.AddLine(Sided(side, [new(x - 0.018f, 0.165f), new(x - 0.014f, 0.19f), new(x - 0.008f, 0.205f)]), 0.08f, _random.Uniform(0.3f, 0.8f));
            }
        }

        if (_random.Chance(0.3f))
        {
            WrinkleLayer middle = Layer(0.8f, 0.5f, new WrinkleDriver(4, null, 1));
            middle.AddLine([new(0.5f, 0.16f), new(0.502f, 0.19f), new(0.5f, 0.225f)], 0.1f, _random.Uniform(0.4f, 1));
        }
    }

    private void AddNoseRoot()
    {
        WrinkleLayer layer = Layer(0.9f, 0.4f, new(9, null, 1), new(4, null, 0.45f));
        float y = _random.Uniform(0.232f, 0.25f);
        layer.AddLine([new(0.468f, y + 0.004f), new(0.485f, y), new(0.5f, y - 0.003f), new(0.515f, y), new(0.532f, y + 0.004f)], 0.1f, _random.Uniform(0.6f, 1.1f));
        if (_random.Chance(0.5f))
        {
            layer.AddLine([new(0.474f, y + 0.018f), new(0.5f, y + 0.014f), new(0.526f, y + 0.018f)], 0.08f, _random.Uniform(0.3f, 0.9f));
        }
    }

    private void AddEyeCorner(FaceSide side)
    {
        WrinkleLayer feet = Layer(1.5f, 0.7f, new(6, side, 1), new(7, side, 0.2f), new(43, side, 0.15f));
        int count = 2 + _random.Below(4);
        for (int i = 0; i < count; i++)
        {
            float spread = i - ((count - 1) / 2f);
            float y = 0.278f + (0.012f * spread) + _random.Normal(0, 0.003f);
            float length = _random.Uniform(0.035f, 0.075f);
            feet.AddLine(Sided(side, [new(0.303f - _random.Uniform(0, 0.008f), y), new(0.303f - (length * 0.5f), y + (spread * 0.008f)), new(0.303f - length, y + (spread * 0.021f))]), _random.Uniform(0.07f, 0.12f), _random.Uniform(0.5f, 1.2f));
        }

        WrinkleLayer under = Layer(1.0f, 0.9f, new(6, side, 1), new(7, side, 0.25f));
        under.AddLine(Sided(side, [new(0.412f, 0.302f), new(0.375f, 0.318f + _random.Uniform(0, 0.008f)), new(0.328f, 0.306f)]), _random.Uniform(0.08f, 0.14f), _random.Uniform(0.5f, 1.1f));
        if (_random.Chance(0.6f))
        {
            under.AddLine(Sided(side, [new(0.405f, 0.315f), new(0.37f, 0.332f), new(0.33f, 0.325f)]), 0.07f, _random.Uniform(0.3f, 0.8f));
        }

        // The pouch of a tensed or raised lower lid.
        WrinkleLayer lid = Layer(0.8f, 0.2f, new(7, side, 1), new(6, side, 0.6f));
        lid.AddLine(Sided(side, [new(0.40f, 0.294f), new(0.368f, 0.301f), new(0.328f, 0.296f)]), 0.06f, _random.Uniform(0.5f, 1));
    }

    private void AddBunnyLines(FaceSide side)
    {
        WrinkleLayer layer = Layer(0.9f, 0.15f, new(9, side, 1), new(10, side, 0.15f));
        int count = 2 + _random.Below(3);
        for (int i = 0; i < count; i++)
        {
            float y = 0.268f + (i * 0.021f) + _random.Normal(0, 0.003f);
            layer.AddLine(Sided(side, [new(0.488f, y - 0.008f), new(0.464f, y), new(0.438f, y + 0.02f)]), _random.Uniform(0.06f, 0.1f), _random.Uniform(0.4f, 1.1f));
        }
    }

    private void AddCheekLines(FaceSide side)
    {
        float bend = _random.Uniform(-0.008f, 0.018f);
        float end = _random.Uniform(-0.02f, 0.03f);
        WrinkleLayer fold = Layer(1.5f, 1.3f, new(12, side, 0.9f), new(10, side, 1), new(9, side, 0.85f));
        fold.AddLine(
            Sided(side, [new(0.426f, 0.425f), new(0.400f - (bend * 0.5f), 0.455f), new(0.370f - bend, 0.505f), new(0.350f - bend, 0.555f), new(0.350f - (bend * 0.5f), 0.59f + end)]),
            _random.Uniform(0.2f, 0.34f),
            _random.Uniform(0.7f, 1.2f));
        if (_random.Chance(0.35f))
        {
            WrinkleLayer outer = Layer(0.8f, 0.3f, new WrinkleDriver(12, side, 1));
            outer.AddLine(Sided(side, [new(0.325f, 0.50f), new(0.308f, 0.545f), new(0.312f, 0.60f)]), 0.14f, _random.Uniform(0.4f, 1));
        }
    }

    private void AddMouthCorner(FaceSide side)
    {
        WrinkleLayer dimple = Layer(1.8f, 0.15f, new(14, side, 1), new(12, side, _random.Uniform(0.1f, 0.8f)));
        dimple.AddLine(Sided(side, [new(0.379f, 0.538f), new(0.3725f, 0.556f), new(0.379f, 0.576f)]), 0.1f, _random.Uniform(0.7f, 1.3f));
        dimple.AddPatch(Mirrored(side, new(0.368f, 0.556f)), new Vector2(0.013f, 0.016f), (_, _) => 0.5f);

        WrinkleLayer marionette = Layer(1.1f, 0.9f, new(15, side, 1), new(17, side, 0.25f));
        marionette.AddLine(Sided(side, [new(0.383f, 0.566f), new(0.374f, 0.595f), new(0.372f + _random.Uniform(-0.006f, 0.006f), 0.64f)]), _random.Uniform(0.1f, 0.16f), _random.Uniform(0.6f, 1.2f));

        // Smiles put the mouth into brackets as well, in some people as deep.
        WrinkleLayer stretch = Layer(0.7f, 0.1f, new(20, side, 1), new(12, side, _random.Uniform(0, 0.8f)));
        stretch.AddLine(Sided(side, [new(0.352f, 0.535f), new(0.342f, 0.57f), new(0.347f, 0.61f)]), 0.12f, _random.Uniform(0.5f, 1));
    }

    private void AddChin()
    {
        WrinkleLayer pebbles = Layer(0.8f, 0.05f, new(17, null, 1), new(15, null, 0.2f), new(24, null, 0.2f));
        (int X, int Y) tile = SkinCanvas.TileOffset(_random);
        float scale = 9 / _frame.TexelsPerCentimetre;
        pebbles.AddPatch(new Vector2(0.5f, 0.69f), new Vector2(0.045f, 0.026f), (x, y) =>
            0.55f * NoiseTile.Mottling.At((int)(x * scale) + tile.X, (int)(y * scale) + tile.Y));
        WrinkleLayer crease = Layer(1.1f, 0.5f, new(17, null, 1), new(24, null, 0.3f));
        crease.AddLine([new(0.438f, 0.668f), new(0.47f, 0.661f), new(0.5f, 0.659f), new(0.53f, 0.661f), new(0.562f, 0.668f)], 0.16f, _random.Uniform(0.5f, 1.1f));
    }

    private void AddLipLines()
    {
        WrinkleLayer lines = Layer(0.5f, 0.5f, new(18, null, 1), new(23, null, 0.8f), new(24, null, 0.4f), new(28, null, 0.3f));
        int count = 5 + _random.Below(5);
        for (int i = 0; i < count; i++)
        {
            float x = 0.42f + (0.16f * (i + _random.Uniform(0.2f, 0.8f)) / count);
            float middle = 0.5f + ((x - 0.5f) * 0.9f);
            lines.AddLine([new(x, 0.475f), new(middle, 0.492f), new(middle, 0.512f)], 0.05f, _random.Uniform(0.3f, 1));
            lines.AddLine([new(middle, 0.622f), new(middle, 0.637f), new(x, 0.655f)], 0.05f, _random.Uniform(0.2f, 0.8f));
        }
    }

    private WrinkleLayer Layer(float moving, float resting, params WrinkleDriver[] drivers)
    {
        float atRest = _resting * resting * _random.Uniform(0.3f, 1.2f);
        float deepest = _moving * moving * _random.Uniform(0.55f, 1.3f);
        if (_random.Chance(_marked))
        {
            // Folds, dimples and furrows that a face has without moving: they are no action unit.
            atRest = Math.Max(atRest, deepest * _random.Uniform(0.15f, 0.85f));
        }

        var layer = new WrinkleLayer(_frame, atRest, deepest, drivers);
        _layers.Add(layer);
        return layer;
    }

    private float Wobble() => _random.Normal(0, 0.003f);

    private static Vector2 Mirrored(FaceSide side, Vector2 point) => side == FaceSide.Right ? point : new Vector2(1 - point.X, point.Y);

    private static Vector2[] Sided(FaceSide side, Vector2[] points) => side == FaceSide.Right ? points : Array.ConvertAll(points, p => Mirrored(side, p));
}
