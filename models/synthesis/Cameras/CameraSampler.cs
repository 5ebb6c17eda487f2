using System.Numerics;
using AuStream.Synthesis.Randomness;

namespace AuStream.Synthesis.Cameras;

/// <summary>Draws cameras and codecs. Mild in most pictures: what is labelled must stay visible.</summary>
public static class CameraSampler
{
    /// <summary>Least and greatest distance between the eyes in pixels of the simulated camera; drawn log-uniformly.</summary>
    public const float SmallestEyeDistance = 18;

    /// <inheritdoc cref="SmallestEyeDistance"/>
    public const float LargestEyeDistance = 80;

    /// <summary>A camera for one picture.</summary>
    /// <param name="random">Randomness.</param>
    /// <param name="eyeDistance">Distance between the eyes in pixels of the full picture.</param>
    /// <param name="exposure">Exposure that a meter would choose.</param>
    public static CameraSettings Draw(RandomStream random, float eyeDistance, float exposure)
    {
        ArgumentNullException.ThrowIfNull(random);
        float resolved = MathF.Exp(random.Uniform(MathF.Log(SmallestEyeDistance), MathF.Log(LargestEyeDistance)));
        float resolution = Math.Min(1, resolved / eyeDistance);
        float severity = random.Chance(0.7f) ? random.Uniform(0, 0.35f) : random.Uniform(0.3f, 1);

        // Blur is measured in the camera's pixels: where few are left, little blur may be added.
        float room = Math.Clamp(resolved / 40, 0.35f, 1);
        float blur = random.Chance(0.3f + (0.4f * severity)) ? random.Uniform(0.25f, 0.5f + (1.3f * severity)) * room : 0;
        Vector2 motion = Vector2.Zero;
        if (random.Chance(0.06f + (0.16f * severity)))
        {
            float angle = random.Uniform(0, MathF.PI);
            motion = new Vector2(MathF.Cos(angle), MathF.Sin(angle)) * (random.Uniform(1, 2 + (4.5f * severity)) * room);
        }

        bool isVideo = random.Chance(0.35f);
        float codec = random.NextUnit() * (0.4f + (0.6f * severity));
        return new CameraSettings
        {
            Exposure = exposure * MathF.Exp(Math.Clamp(random.Normal(0, 0.16f + (0.22f * severity)), -0.9f, 0.7f)),
            ColorCast = Vector3.One + new Vector3(random.Normal(0, 0.035f + (0.05f * severity)), random.Normal(0, 0.015f), random.Normal(0, 0.035f + (0.05f * severity))),
            Contrast = random.Uniform(0.9f - (0.2f * severity), 1.08f + (0.2f * severity)),
            Brightness = random.Normal(0, 0.012f + (0.03f * severity)),
            Saturation = random.Chance(0.10f) ? 0 : random.Uniform(0.8f - (0.4f * severity), 1.1f + (0.2f * severity)),
            Resolution = resolution,
            Blur = blur,
            Motion = motion,
            Sharpening = random.Chance(0.25f) ? random.Uniform(0.15f, 0.5f + (0.8f * severity)) : 0,
            ReadNoise = random.Uniform(0, 0.004f + (0.02f * severity)),
            ShotNoise = random.Uniform(0, 0.008f + (0.03f * severity)),
            JpegQuality = !isVideo && random.Chance(0.8f) ? (int)(96 - (58 * codec)) : 0,
            VideoQuantizer = isVideo ? (int)(19 + (16 * codec)) : 0,
            Seed = random.NextBits(),
        };
    }
}
