using AuStream.Stages.Faces;
using AuStream.Stages.Landmarks;

namespace AuStream.Stages.Tests.Landmarks;

/// <summary>A made-up mesh, about 100 units wide and 120 high, whose few named points lie where a face has them.</summary>
internal static class SyntheticFace
{
    private static readonly int[] Rigid = [1, 33, 133, 362, 263, 10, 152, 234, 454, 61, 291];

    /// <summary>468 × (x, y, z), y down, z away from the camera, centred on the box's middle.</summary>
    public static float[] Points { get; } = Create();

    public static CanonicalFace Canonical { get; } = new(
        Rigid, [.. Rigid.SelectMany(i => Points[(3 * i)..((3 * i) + 3)])], [.. Rigid.Select(_ => 1f)]);

    /// <summary>The face in a pose, built from the definition of the angles: roll about z, then pitch about x, then yaw about y.</summary>
    public static float[] Turned(float yaw, float pitch, float roll, float scale, float x, float y, float noise, Random random)
    {
        float[] result = new float[Points.Length];
        (float sinYaw, float cosYaw) = MathF.SinCos(yaw * MathF.PI / 180);
        (float sinPitch, float cosPitch) = MathF.SinCos(pitch * MathF.PI / 180);
        (float sinRoll, float cosRoll) = MathF.SinCos(roll * MathF.PI / 180);
        for (int i = 0; i < Points.Length; i += 3)
        {
            (float px, float py, float pz) = (Points[i], Points[i + 1], Points[i + 2]);
            // Clockwise on the screen: the right eye (larger x) goes down (larger y).
            (px, py) = ((cosRoll * px) - (sinRoll * py), (sinRoll * px) + (cosRoll * py));
            // Up: what is near (smaller z) goes up (smaller y).
            (py, pz) = ((cosPitch * py) + (sinPitch * pz), (cosPitch * pz) - (sinPitch * py));
            // To the right: what is near (smaller z) goes right (larger x).
            (px, pz) = ((cosYaw * px) - (sinYaw * pz), (cosYaw * pz) + (sinYaw * px));
            result[i] = (scale * (px + Jitter(noise, random))) + x;
            result[i + 1] = (scale * (py + Jitter(noise, random))) + y;
            result[i + 2] = scale * (pz + Jitter(noise, random));
        }

        return result;
    }

    private static float Jitter(float noise, Random random) => noise == 0 ? 0 : noise * ((2 * random.NextSingle()) - 1);

    private static float[] Create()
    {
        Random random = new(468);
        float[] points = new float[FaceObservation.LandmarkCount * 3];
        for (int i = 0; i < FaceObservation.LandmarkCount; i++)
        {
            float angle = random.NextSingle() * 2 * MathF.PI;
            float radius = MathF.Sqrt(random.NextSingle());
            Set(points, i, 49 * radius * MathF.Cos(angle), 59 * radius * MathF.Sin(angle), -40 * (1 - (radius * radius)));
        }

        Set(points, 1, 0, 10, -50);
        Set(points, 33, -32, -18, -15);
        Set(points, 133, -12, -17, -22);
        Set(points, 362, 12, -17, -22);
        Set(points, 263, 32, -18, -15);
        Set(points, 10, 0, -60, -20);
        Set(points, 152, 0, 60, -20);
        Set(points, 234, -50, 0, 10);
        Set(points, 454, 50, 0, 10);
        Set(points, 61, -18, 32, -25);
        Set(points, 291, 18, 32, -25);
        return points;
    }

    private static void Set(float[] points, int index, float x, float y, float z)
    {
        points[3 * index] = x;
        points[(3 * index) + 1] = y;
        points[(3 * index) + 2] = z;
    }
}
