using System.Numerics;
using AuStream.Synthesis.Randomness;

namespace AuStream.Synthesis.Cameras;

/// <summary>Draws how a head is turned and where it is in a picture.</summary>
public static class PoseSampler
{
    /// <summary>Greatest angles in degrees.</summary>
    public const float LargestYaw = 60;

    /// <inheritdoc cref="LargestYaw"/>
    public const float LargestPitch = 35;

    /// <inheritdoc cref="LargestYaw"/>
    public const float LargestRoll = 30;

    /// <summary>Mean distance between the eyes of adults in centimetres.</summary>
    public const float EyeDistanceCentimetres = 6.4f;

    /// <summary>Turn of a head: most within ±25° yaw and ±15° pitch, some as far as the greatest angles.</summary>
    public static (float Yaw, float Pitch, float Roll) DrawTurn(RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(random);
        (float yaw, float pitch, float roll) = random.PickIndex([0.75f, 0.18f, 0.07f]) switch
        {
            0 => (random.Normal(0, 12), random.Normal(0, 7), random.Normal(0, 6)),
            1 => (random.Normal(0, 26), random.Normal(0, 13), random.Normal(0, 10)),
            _ => (random.Uniform(-LargestYaw, LargestYaw), random.Uniform(-LargestPitch, LargestPitch), random.Uniform(-LargestRoll, LargestRoll)),
        };
        return (Math.Clamp(yaw, -LargestYaw, LargestYaw), Math.Clamp(pitch, -LargestPitch, LargestPitch), Math.Clamp(roll, -LargestRoll, LargestRoll));
    }

    /// <summary>A camera of some distance and focal length, and the head before it.</summary>
    /// <param name="random">Randomness.</param>
    /// <param name="width">Columns of the picture.</param>
    /// <param name="height">Rows of the picture.</param>
    /// <param name="eyeDistance">Wanted distance between the eyes of a frontal face, in pixels.</param>
    /// <param name="center">Where the middle of the face comes, in pixels.</param>
    /// <param name="turn">Turn of the head in degrees.</param>
    public static (PinholeCamera Camera, HeadPlacement Placement) Place(RandomStream random, int width, int height, float eyeDistance, Vector2 center, (float Yaw, float Pitch, float Roll) turn)
    {
        ArgumentNullException.ThrowIfNull(random);
        float distance = MathF.Exp(random.Uniform(MathF.Log(38), MathF.Log(230)));
        var camera = new PinholeCamera(width, height, eyeDistance * distance / EyeDistanceCentimetres, width / 2f, height / 2f);

        // The middle of the face lies below the eyes; it stays where it was asked to be however the head turns.
        var unplaced = new HeadPlacement(Vector3.Zero, turn.Yaw, turn.Pitch, turn.Roll);
        Vector3 middle = Vector3.Transform(new Vector3(0, -3.2f, 1), unplaced.ToCamera());
        Vector3 position = camera.Unproject(center, distance) - middle;
        return (camera, unplaced with { Position = position });
    }
}
