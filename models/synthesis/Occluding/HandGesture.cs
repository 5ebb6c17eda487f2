using System.Numerics;

namespace AuStream.Synthesis.Occluding;

/// <summary>How a hand is held. Angles in degrees.</summary>
/// <param name="Knuckles">Flexion where fingers meet the palm, index to little finger.</param>
/// <param name="Middles">Flexion of the middle joints, index to little finger.</param>
/// <param name="Ends">Flexion of the last joints, index to little finger.</param>
/// <param name="Spread">Angle between neighbouring fingers.</param>
/// <param name="ThumbOut">How far the thumb points away from the fingers.</param>
/// <param name="ThumbIn">How far the thumb bends in front of the palm.</param>
internal sealed record HandGesture(Vector4 Knuckles, Vector4 Middles, Vector4 Ends, float Spread, float ThumbOut, float ThumbIn)
{
    /// <summary>Flat, a little bent.</summary>
    public static HandGesture Flat { get; } = new(new(8, 6, 7, 10), new(12, 12, 14, 18), new(8, 8, 10, 12), 4, 40, 10);

    /// <summary>Fingers apart.</summary>
    public static HandGesture Open { get; } = new(new(4, 0, 2, 6), new(10, 8, 10, 12), new(6, 5, 6, 8), 11, 52, 4);

    /// <summary>Bent around a cheek or a chin.</summary>
    public static HandGesture Cupped { get; } = new(new(28, 26, 27, 30), new(32, 34, 36, 38), new(18, 20, 20, 22), 3, 42, 22);

    /// <summary>A fist.</summary>
    public static HandGesture Fist { get; } = new(new(72, 76, 78, 80), new(95, 98, 98, 96), new(55, 58, 58, 55), 1, 28, 62);

    /// <summary>The index finger stretched, the others bent.</summary>
    public static HandGesture Pointing { get; } = new(new(10, 66, 74, 78), new(14, 92, 96, 96), new(8, 52, 56, 55), 2, 30, 55);

    /// <summary>Index and middle finger stretched, the others bent.</summary>
    public static HandGesture TwoFingers { get; } = new(new(14, 12, 70, 76), new(18, 18, 94, 96), new(10, 10, 55, 55), 4, 28, 52);

    /// <summary>Around a cup, a microphone, a phone.</summary>
    public static HandGesture Holding { get; } = new(new(38, 42, 46, 52), new(52, 54, 56, 58), new(30, 32, 34, 36), 3, 48, 38);
}
