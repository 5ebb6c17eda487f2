namespace AuStream.Stages.Decoding;

/// <summary>Decides what happens when frames come faster than they can be measured.</summary>
public enum SourceKind
{
    /// <summary>A video file: every frame is measured, the decoder waits.</summary>
    File,

    /// <summary>A picture or a folder of pictures: each on its own, no smoothing over time.</summary>
    Pictures,

    /// <summary>A camera or a network stream: bounded by latency, the oldest frame is dropped and counted.</summary>
    Live,
}
