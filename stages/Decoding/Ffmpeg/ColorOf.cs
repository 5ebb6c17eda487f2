using AuStream.Stages.Frames;

namespace AuStream.Stages.Decoding.Ffmpeg;

/// <summary>Which matrix and range the pictures have.</summary>
internal static class ColorOf
{
    private static readonly string[] _namesOf709 = ["bt709", "smpte240m", "bt2020nc", "bt2020c", "bt2020ncl", "bt2020cl"];
    private static readonly string[] _namesOf601 = ["bt470bg", "smpte170m", "fcc"];

    /// <summary>
    /// As tagged. BT.2020 counts as its nearest, BT.709. Where no matrix is tagged: BT.601 for pictures that ffmpeg made of RGB
    /// (its converter's default), else BT.709 above standard definition, as players do. Where no range is tagged: limited.
    /// </summary>
    public static YuvColor Pictures(InputFacts facts)
    {
        bool isFull = IsFullRange(facts);
        return Is709(facts)
            ? (isFull ? YuvColor.Bt709Full : YuvColor.Bt709Limited)
            : (isFull ? YuvColor.Bt601Full : YuvColor.Bt601Limited);
    }

    private static bool IsFullRange(InputFacts facts)
    {
        // ffmpeg copies grey values as they are but calls them full range, whatever the input was.
        bool isLimitedGrey = facts.DecodedPixelFormat.StartsWith("gray", StringComparison.Ordinal) && facts.Stream.Tags.Contains("tv");
        bool isFull = facts.OutputTags.Contains("pc") || facts.OutputPixelFormat == "yuvj420p" || (IsUnconverted(facts) && !facts.OutputTags.Contains("tv") && facts.Stream.Tags.Contains("pc"));
        return isFull && !isLimitedGrey;
    }

    private static bool Is709(InputFacts facts)
    {
        // The pictures' own tags first; old versions of ffmpeg tell only the input's.
        foreach (string tag in facts.OutputTags.Concat(facts.Stream.Tags))
        {
            string matrix = tag.Split('/')[0];
            if (_namesOf709.Contains(matrix))
            {
                return true;
            }

            if (_namesOf601.Contains(matrix))
            {
                return false;
            }
        }

        return !IsRgb(facts.DecodedPixelFormat) && (facts.DecodedWidth >= 1280 || facts.DecodedHeight > 576);
    }

    private static bool IsUnconverted(InputFacts facts) => facts.DecodedPixelFormat == facts.OutputPixelFormat;

    private static bool IsRgb(string pixelFormat) =>
        pixelFormat.Contains("rgb", StringComparison.Ordinal)
        || pixelFormat.Contains("bgr", StringComparison.Ordinal)
        || pixelFormat.Contains("gbr", StringComparison.Ordinal)
        || pixelFormat is "pal8";
}
