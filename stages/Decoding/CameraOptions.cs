namespace AuStream.Stages.Decoding;

/// <summary>What to ask of a webcam; it may choose otherwise. Null leaves the choice to the camera.</summary>
public sealed record CameraOptions
{
    /// <summary>Width in pixels, together with <see cref="Height"/>.</summary>
    public int? Width { get; init; }

    /// <summary>Height in pixels, together with <see cref="Width"/>.</summary>
    public int? Height { get; init; }

    /// <summary>Frames per second.</summary>
    public double? FramesPerSecond { get; init; }

    /// <summary>Format in V4L2's terms, e.g. <c>mjpeg</c> (most webcams reach high definition only with it) or <c>yuyv422</c>.</summary>
    public string? PixelFormat { get; init; }

    internal void Validate()
    {
        Require(Width is null or > 0 and <= 16384, nameof(Width), "must be 1 to 16384 pixels");
        Require(Height is null or > 0 and <= 16384, nameof(Height), "must be 1 to 16384 pixels");
        Require(Width is null == Height is null, nameof(Width), "needs Height with it, and Height needs Width");
        Require(FramesPerSecond is null or > 0 and <= 1000, nameof(FramesPerSecond), "must be above 0 and at most 1000");
        Require(PixelFormat is null || PixelFormat.All(char.IsAsciiLetterOrDigit), nameof(PixelFormat), "must be a name such as mjpeg or yuyv422");
    }

    private static void Require(bool isValid, string field, string rule)
    {
        if (!isValid)
        {
            throw new ArgumentException($"{nameof(CameraOptions)}.{field} {rule}.");
        }
    }
}
