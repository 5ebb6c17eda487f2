using System.Numerics;

namespace AuStream.Synthesis.Skin;

/// <summary>
/// The frame in which skin is painted: a flattened face one unit wide and high, x to the person's left, y down, eyes at y = 0.28.
/// About 25 centimetres are one unit. Everything that the painters place is given in this frame.
/// </summary>
internal static class FaceTemplate
{
    /// <summary>Centimetres per unit.</summary>
    public const float Centimetres = 25;

    // Points 0–8, 17–21, 27–33, 36–41, 48–51, 57–58, 59, 60–62, 66, 67 on the person's right or the middle; the rest mirrors them.
    private static readonly (int Index, float X, float Y)[] Half =
    [
        (0, .140f, .289f), (1, .160f, .385f), (2, .173f, .466f), (3, .182f, .544f), (4, .209f, .632f), (5, .276f, .703f), (6, .346f, .725f), (7, .433f, .718f), (8, .5f, .717f),
        (17, .243f, .204f), (18, .298f, .186f), (19, .353f, .186f), (20, .415f, .191f), (21, .460f, .198f),
        (27, .5f, .277f), (28, .5f, .320f), (29, .5f, .350f), (30, .5f, .393f), (31, .433f, .457f), (32, .470f, .459f), (33, .5f, .459f),
        (36, .315f, .281f), (37, .339f, .277f), (38, .368f, .278f), (39, .401f, .286f), (40, .368f, .288f), (41, .330f, .288f),
        (48, .388f, .558f), (49, .424f, .507f), (50, .469f, .490f), (51, .5f, .490f), (57, .5f, .641f), (58, .444f, .637f), (59, .406f, .615f),
        (60, .411f, .566f), (61, .455f, .534f), (62, .5f, .531f), (66, .5f, .609f), (67, .444f, .605f),
    ];

    // Mirror partner of every point of the 68 scheme.
    private static readonly int[] Mirror =
    [
        16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0,
        26, 25, 24, 23, 22, 21, 20, 19, 18, 17,
        27, 28, 29, 30, 35, 34, 33, 32, 31,
        45, 44, 43, 42, 47, 46, 39, 38, 37, 36, 41, 40,
        54, 53, 52, 51, 50, 49, 48, 59, 58, 57, 56, 55,
        64, 63, 62, 61, 60, 67, 66, 65,
    ];

    /// <summary>The 68 points in the frame.</summary>
    public static IReadOnlyList<Vector2> Points68 { get; } = MakePoints();

    private static Vector2[] MakePoints()
    {
        var points = new Vector2[68];
        foreach ((int index, float x, float y) in Half)
        {
            points[index] = new Vector2(x, y);
            points[Mirror[index]] = new Vector2(1 - x, y);
        }

        return points;
    }
}
