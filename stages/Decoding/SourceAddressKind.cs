namespace AuStream.Stages.Decoding;

/// <summary>How a source is reached.</summary>
internal enum SourceAddressKind
{
    /// <summary>A file on this machine.</summary>
    LocalFile,

    /// <summary>A folder on this machine.</summary>
    Folder,

    /// <summary>A webcam (V4L2 device).</summary>
    Camera,

    /// <summary>A network address that is always live.</summary>
    NetworkStream,

    /// <summary>http or https: a file or a live stream, which only opening tells.</summary>
    Web,
}
