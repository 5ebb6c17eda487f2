using AuStream.Stages.Frames;

namespace AuStream.Stages.Sampling;

/// <summary>
/// R = YScale·(Y − YOffset) + RedFromCr·(Cr − 128), and so on, all in 0–255 (ITU-R BT.601-7 and BT.709-6; full range as in JFIF).
/// </summary>
internal readonly record struct ColorMatrix(
    float YScale, float YOffset, float RedFromCr, float GreenFromCb, float GreenFromCr, float BlueFromCb)
{
    private static readonly ColorMatrix[] Matrices =
        [Derive(0.299, 0.114, false), Derive(0.299, 0.114, true), Derive(0.2126, 0.0722, false), Derive(0.2126, 0.0722, true)];

    /// <summary>The matrix of a frame's colour.</summary>
    public static ColorMatrix Of(YuvColor color) => color switch
    {
        YuvColor.Bt601Limited => Matrices[0],
        YuvColor.Bt601Full => Matrices[1],
        YuvColor.Bt709Limited => Matrices[2],
        YuvColor.Bt709Full => Matrices[3],
        _ => throw new ArgumentOutOfRangeException(nameof(color), color, "Unknown colour matrix."),
    };

    private static ColorMatrix Derive(double red, double blue, bool fullRange)
    {
        double green = 1 - red - blue;
        double luma = fullRange ? 1 : 255.0 / 219;
        double chroma = fullRange ? 1 : 255.0 / 224;
        return new ColorMatrix(
            (float)luma,
            fullRange ? 0 : 16,
            (float)(2 * (1 - red) * chroma),
            (float)(-2 * blue * (1 - blue) / green * chroma),
            (float)(-2 * red * (1 - red) / green * chroma),
            (float)(2 * (1 - blue) * chroma));
    }
}
