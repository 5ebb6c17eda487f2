namespace AuStream.Stages.Decoding;

/// <summary>How to read a source.</summary>
public sealed record SourceOptions
{
    /// <summary>Id that the frames' envelopes carry.</summary>
    public string StreamId { get; init; } = "stream";

    /// <summary>The ffmpeg to use; null for <c>AUSTREAM_FFMPEG</c> from the environment or else <c>ffmpeg</c> from <c>PATH</c>.</summary>
    public string? FfmpegPath { get; init; }

    /// <summary>Which hardware decodes.</summary>
    public HardwareDecoding Hardware { get; init; }

    /// <summary>Device of the hardware decoder, e.g. <c>0</c> or <c>/dev/dri/renderD128</c>; null for the first.</summary>
    public string? HardwareDevice { get; init; }

    /// <summary>Threads of the decoder; 0 leaves the choice to ffmpeg.</summary>
    public int DecoderThreads { get; init; }

    /// <summary>Pictures with a longer side, in pixels, are scaled down to it with their aspect kept; null for none.</summary>
    public int? MaxSide { get; init; }

    /// <summary>Combines the two fields of frames that are marked as interlaced; costs one frame of latency.</summary>
    public bool Deinterlace { get; init; }

    /// <summary>Reads a file at the speed of its clock, as if it were live.</summary>
    public bool RealTime { get; init; }

    /// <summary>How often a file is read again after its first end, its clock going on; −1 for ever.</summary>
    public int Repeat { get; init; }

    /// <summary>How RTSP cameras send.</summary>
    public RtspTransport RtspTransport { get; init; }

    /// <summary>What to ask of a webcam.</summary>
    public CameraOptions Camera { get; init; } = new();

    /// <summary>What an unreadable picture does to a folder.</summary>
    public PictureErrorPolicy PictureErrors { get; init; }

    /// <summary>Takes the pictures of a folder's subfolders too.</summary>
    public bool Recursive { get; init; }

    /// <summary>Longest wait for a source's first frame.</summary>
    public TimeSpan OpenTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest wait for any further frame of a live source.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Longest wait for any further frame of a file: only a dead disk or an endless damaged stretch takes that long.</summary>
    public TimeSpan FileStallTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Told what went wrong without ending the source. Called from the decoder's thread; it should return soon.</summary>
    public Action<SourceWarning>? OnWarning { get; init; }

    /// <summary>Checks every field.</summary>
    /// <exception cref="ArgumentException">The message names the field and the rule it breaks.</exception>
    public void Validate()
    {
        Require(!string.IsNullOrWhiteSpace(StreamId), nameof(StreamId), "must not be empty");
        Require(Enum.IsDefined(Hardware), nameof(Hardware), "is unknown");
        Require(Enum.IsDefined(RtspTransport), nameof(RtspTransport), "is unknown");
        Require(Enum.IsDefined(PictureErrors), nameof(PictureErrors), "is unknown");
        Require(HardwareDevice is null || Hardware is HardwareDecoding.Cuda or HardwareDecoding.Vaapi, nameof(HardwareDevice), "needs Hardware to be Cuda or Vaapi");
        Require(DecoderThreads is >= 0 and <= 256, nameof(DecoderThreads), "must be 0 to 256");
        Require(MaxSide is null or >= 16, nameof(MaxSide), "must be at least 16 pixels");
        Require(Repeat >= -1, nameof(Repeat), "must be −1 or more");
        Require(OpenTimeout > TimeSpan.Zero, nameof(OpenTimeout), "must be above zero");
        Require(StallTimeout > TimeSpan.Zero, nameof(StallTimeout), "must be above zero");
        Require(FileStallTimeout > TimeSpan.Zero, nameof(FileStallTimeout), "must be above zero");
        Camera.Validate();
    }

    private static void Require(bool isValid, string field, string rule)
    {
        if (!isValid)
        {
            throw new ArgumentException($"{nameof(SourceOptions)}.{field} {rule}.");
        }
    }
}
