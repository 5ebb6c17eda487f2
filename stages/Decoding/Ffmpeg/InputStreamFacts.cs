namespace AuStream.Stages.Decoding.Ffmpeg;

/// <summary>What ffmpeg said about the stream that it decodes.</summary>
/// <param name="Codec">Name of the codec, e.g. <c>h264</c>.</param>
/// <param name="FramesPerSecond">Average frame rate in 1/s; 0 where unknown.</param>
/// <param name="Tags">Range and colour space in ffmpeg's words.</param>
internal sealed record InputStreamFacts(string Codec, double FramesPerSecond, IReadOnlyList<string> Tags)
{
    /// <summary>Nothing is known.</summary>
    public InputStreamFacts()
        : this("", 0, [])
    {
    }
}
