namespace AuStream.Stages.Decoding;

/// <summary>What is wrong with a source, in the terms in which a person can put it right.</summary>
public enum SourceFault
{
    /// <summary>None of the others; the message carries the decoder's own words.</summary>
    Other,

    /// <summary>The address is empty or of a kind that is not supported.</summary>
    UnsupportedAddress,

    /// <summary>No such file, folder, device or page.</summary>
    NotFound,

    /// <summary>The file system, or the server, does not let us read it.</summary>
    AccessDenied,

    /// <summary>It can be read, but it is empty, damaged beyond use, or no video or picture.</summary>
    NotAVideo,

    /// <summary>It can be decoded, but has no video track.</summary>
    NoVideoTrack,

    /// <summary>A folder without a picture.</summary>
    NoPictures,

    /// <summary>ffmpeg is not installed, or does not start.</summary>
    DecoderMissing,

    /// <summary>The hardware decoder that was asked for does not work here.</summary>
    HardwareUnavailable,

    /// <summary>The host or device does not answer, or refuses to.</summary>
    ConnectionFailed,

    /// <summary>Nothing came for too long.</summary>
    Stalled,

    /// <summary>The stream or the decoder ended before its time.</summary>
    BrokenOff,

    /// <summary>A live picture changed its aspect ratio: the source has to be opened again.</summary>
    PictureShapeChanged,
}
