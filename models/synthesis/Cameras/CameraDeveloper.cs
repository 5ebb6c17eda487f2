using System.Numerics;
using System.Runtime.Intrinsics;
using AuStream.Synthesis.Pictures;
using AuStream.Synthesis.Randomness;
using AuStream.Synthesis.Shading;

namespace AuStream.Synthesis.Cameras;

/// <summary>Turns linear light into the bytes that a camera and its codec would deliver. Keeps buffers; not thread-safe.</summary>
public sealed class CameraDeveloper
{
    private const int CurveSteps = 2048;
    private const float CurveEnd = 4;

    private static readonly float[] ToneCurve = MakeToneCurve();

    private readonly PlanarImage _full = new();
    private readonly PlanarImage _small = new();
    private readonly ImageFilters _filters = new();
    private readonly BlockCodec _codec = new();
    private float[] _copy = [];

    /// <summary>Develops a picture.</summary>
    /// <param name="picture">Opaque picture in linear light.</param>
    /// <param name="settings">The camera.</param>
    /// <param name="rgb">Receives Width · Height · 3 bytes.</param>
    /// <exception cref="ArgumentException">The number of bytes does not fit.</exception>
    public void Develop(LinearImage picture, CameraSettings settings, Span<byte> rgb)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(settings);
        if (rgb.Length != picture.Pixels.Length * 3)
        {
            throw new ArgumentException($"{rgb.Length} bytes for {picture.Width}×{picture.Height}×3", nameof(rgb));
        }

        Expose(picture, settings);
        PlanarImage image = Reduce(settings);
        foreach (int plane in (ReadOnlySpan<int>)[0, 1, 2])
        {
            _filters.Blur(image[plane], image.Width, image.Height, settings.Blur);
            _filters.Smear(image[plane], image.Width, image.Height, settings.Motion);
        }

        ApplyTone(image, settings);
        var random = new RandomStream(settings.Seed);
        AddNoise(image, settings, random.Split("noise"));
        Sharpen(image, settings.Sharpening);
        Encode(image, settings, random.Split("blocks"));
        Enlarge(image, rgb);
    }

    private void Expose(LinearImage picture, CameraSettings settings)
    {
        _full.Resize(picture.Width, picture.Height);
        Span<float> r = _full[0];
        Span<float> g = _full[1];
        Span<float> b = _full[2];
        Vector3 factor = settings.ColorCast * settings.Exposure;
        for (int i = 0; i < picture.Pixels.Length; i++)
        {
            Vector3 light = Vector3.Min(picture.Pixels[i].AsVector3() * factor, new Vector3(CurveEnd));
            (r[i], g[i], b[i]) = (light.X, light.Y, light.Z);
        }
    }

    private PlanarImage Reduce(CameraSettings settings)
    {
        int width = Math.Max(8, (int)MathF.Round(_full.Width * settings.Resolution));
        int height = Math.Max(8, (int)MathF.Round(_full.Height * settings.Resolution));
        if (width >= _full.Width)
        {
            return _full;
        }

        _small.Resize(width, height);
        for (int plane = 0; plane < 3; plane++)
        {
            _filters.Resample(_full[plane], _full.Width, _full.Height, _small[plane], width, height);
        }

        return _small;
    }

    private static void ApplyTone(PlanarImage image, CameraSettings settings)
    {
        Span<float> r = image[0];
        Span<float> g = image[1];
        Span<float> b = image[2];
        int done = 0;
        for (; done <= r.Length - Vector256<float>.Count; done += Vector256<float>.Count)
        {
            Vector3x8 color = new(Tone(r[done..]), Tone(g[done..]), Tone(b[done..]));
            Vector256<float> grey = (color.X * 0.299f) + (color.Y * 0.587f) + (color.Z * 0.114f);
            Develop(color.X, grey, settings).CopyTo(r[done..]);
            Develop(color.Y, grey, settings).CopyTo(g[done..]);
            Develop(color.Z, grey, settings).CopyTo(b[done..]);
        }

        float offset = 0.46f + settings.Brightness;
        for (int i = done; i < r.Length; i++)
        {
            var color = new Vector3(Tone(r[i]), Tone(g[i]), Tone(b[i]));
            float grey = Vector3.Dot(color, new Vector3(0.299f, 0.587f, 0.114f));
            color = new Vector3(grey) + ((color - new Vector3(grey)) * settings.Saturation);
            color = Vector3.Clamp(((color - new Vector3(0.46f)) * settings.Contrast) + new Vector3(offset), Vector3.Zero, Vector3.One);
            (r[i], g[i], b[i]) = (color.X, color.Y, color.Z);
        }
    }

    private static Vector256<float> Develop(Vector256<float> toned, Vector256<float> grey, CameraSettings settings)
    {
        Vector256<float> saturated = grey + ((toned - grey) * settings.Saturation);
        Vector256<float> contrasted = ((saturated - Vector256.Create(0.46f)) * settings.Contrast) + Vector256.Create(0.46f + settings.Brightness);
        return Vector256.Min(Vector256.Max(contrasted, Vector256<float>.Zero), Vector256<float>.One);
    }

    private static Vector256<float> Tone(ReadOnlySpan<float> light)
    {
        Vector256<float> share = Vector256.Min(Vector256.Max(Vector256.Create(light), Vector256<float>.Zero), Vector256.Create(CurveEnd)) * (1 / CurveEnd);
        Vector256<float> at = Vector256.Sqrt(share) * CurveSteps;
        Vector256<int> below = Vector256.Min(Vector256.ConvertToInt32(at), Vector256.Create(CurveSteps - 1));
        Vector256<float> low = Gather.From(ToneCurve, below);
        return low + ((Gather.From(ToneCurve, below + Vector256<int>.One) - low) * (at - Vector256.ConvertToSingle(below)));
    }

    private static void AddNoise(PlanarImage image, CameraSettings settings, RandomStream random)
    {
        if (settings.ReadNoise <= 0 && settings.ShotNoise <= 0)
        {
            return;
        }

        // Grain in brightness, weaker in colour. A grey picture stays grey.
        float chroma = settings.Saturation > 0 ? 0.5f : 0;
        Span<float> r = image[0];
        Span<float> g = image[1];
        Span<float> b = image[2];
        for (int i = 0; i < r.Length; i++)
        {
            float light = (0.3f * r[i]) + (0.6f * g[i]) + (0.1f * b[i]);
            float deviation = settings.ReadNoise + (settings.ShotNoise * MathF.Sqrt(light));
            ulong bits = random.NextBits();
            float common = Triangular(bits) * deviation;
            r[i] = Math.Clamp(r[i] + common + (chroma * deviation * Triangular(bits >> 16)), 0, 1);
            g[i] = Math.Clamp(g[i] + common, 0, 1);
            b[i] = Math.Clamp(b[i] + common + (chroma * deviation * Triangular(bits >> 32)), 0, 1);
        }
    }

    // Sum of four bytes: mean 0, standard deviation about 1.
    private static float Triangular(ulong bits) =>
        ((int)(bits & 0xFF) + (int)((bits >> 8) & 0xFF) + (int)((bits >> 16) & 0xFF) + (int)((bits >> 24) & 0xFF) - 510) * (1 / 147.8f);

    private void Sharpen(PlanarImage image, float amount)
    {
        if (amount <= 0)
        {
            return;
        }

        if (_copy.Length < image.Width * image.Height)
        {
            _copy = new float[image.Width * image.Height];
        }

        for (int plane = 0; plane < 3; plane++)
        {
            _filters.Sharpen(image[plane], image.Width, image.Height, amount, _copy);
        }
    }

    private void Encode(PlanarImage image, CameraSettings settings, RandomStream random)
    {
        int x = random.Below(16);
        int y = random.Below(16);
        if (settings.VideoQuantizer > 0)
        {
            _codec.Process(image, BlockCodec.VideoSteps(settings.VideoQuantizer, isChroma: false), BlockCodec.VideoSteps(settings.VideoQuantizer, isChroma: true), x, y, 1 / 3f);
        }

        if (settings.JpegQuality > 0)
        {
            _codec.Process(image, BlockCodec.JpegSteps(settings.JpegQuality, isChroma: false), BlockCodec.JpegSteps(settings.JpegQuality, isChroma: true), y, x, 0.5f);
        }
    }

    private void Enlarge(PlanarImage image, Span<byte> rgb)
    {
        if (!ReferenceEquals(image, _full))
        {
            for (int plane = 0; plane < 3; plane++)
            {
                _filters.Resample(image[plane], image.Width, image.Height, _full[plane], _full.Width, _full.Height);
            }
        }

        Span<float> r = _full[0];
        Span<float> g = _full[1];
        Span<float> b = _full[2];
        for (int i = 0; i < r.Length; i++)
        {
            rgb[3 * i] = (byte)((r[i] * 255) + 0.5f);
            rgb[(3 * i) + 1] = (byte)((g[i] * 255) + 0.5f);
            rgb[(3 * i) + 2] = (byte)((b[i] * 255) + 0.5f);
        }
    }

    private static float Tone(float light)
    {
        // Most of the curve lies in the dark: its table is indexed by the root of light.
        float at = MathF.Sqrt(Math.Clamp(light, 0, CurveEnd) / CurveEnd) * CurveSteps;
        int below = Math.Min((int)at, CurveSteps - 1);
        return float.Lerp(ToneCurve[below], ToneCurve[below + 1], at - below);
    }

    // sRGB below, with a shoulder that begins at 0.6 and reaches white at the end of the table.
    private static float[] MakeToneCurve()
    {
        var curve = new float[CurveSteps + 1];
        for (int i = 0; i <= CurveSteps; i++)
        {
            double light = Math.Pow((double)i / CurveSteps, 2) * CurveEnd;
            double shoulder = light < 0.6 ? light : 0.6 + (0.4 * (1 - Math.Exp(-(light - 0.6) / 0.55)));
            double value = shoulder <= 0.0031308 ? 12.92 * shoulder : (1.055 * Math.Pow(shoulder, 1 / 2.4)) - 0.055;
            curve[i] = (float)Math.Clamp(value, 0, 1);
        }

        return curve;
    }
}
