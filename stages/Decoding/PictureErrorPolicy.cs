namespace AuStream.Stages.Decoding;

/// <summary>What an unreadable picture does to a folder of pictures.</summary>
public enum PictureErrorPolicy
{
    /// <summary>It is reported as a warning with its file name, and the others go on. A folder of which none can be read is an error.</summary>
    Continue,

    /// <summary>It ends the source with an error that names the file.</summary>
    Stop,
}
