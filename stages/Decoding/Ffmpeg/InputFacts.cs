namespace AuStream.Stages.Decoding.Ffmpeg;

/// <summary>What ffmpeg said about its input and about the pictures that it makes of it.</summary>
internal sealed record InputFacts
{
    /// <summary>ffmpeg's name of the container or protocol, e.g. <c>mov,mp4,m4a,3gp,3g2,mj2</c>.</summary>
    public string Format { get; init; } = "";

    /// <summary>Length, or null where unknown.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>The stream that is decoded.</summary>
    public InputStreamFacts Stream { get; init; } = new();

    /// <summary>Width before rotation and scaling, in pixels; 0 until the first frame was decoded.</summary>
    public int DecodedWidth { get; init; }

    /// <summary>Height before rotation and scaling, in pixels.</summary>
    public int DecodedHeight { get; init; }

    /// <summary>Pixel format of the decoder, e.g. <c>yuv420p10le</c>.</summary>
    public string DecodedPixelFormat { get; init; } = "";

    /// <summary>Pixel format of the pictures: <c>yuv420p</c> or <c>yuvj420p</c>.</summary>
    public string OutputPixelFormat { get; init; } = "";

    /// <summary>Range and colour space of the pictures in ffmpeg's words, e.g. <c>tv</c>, <c>bt709</c>.</summary>
    public IReadOnlyList<string> OutputTags { get; init; } = [];
}
