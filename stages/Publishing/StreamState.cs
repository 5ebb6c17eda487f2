namespace AuStream.Stages.Publishing;

/// <summary>How a stream is doing.</summary>
public enum StreamState
{
    /// <summary>The source is being opened, the models are being loaded.</summary>
    Starting,

    /// <summary>Frames are measured.</summary>
    Running,

    /// <summary>Working, but not as it should: the source reconnects, events are being lost.</summary>
    Degraded,

    /// <summary>Ended in order; nothing more will come in this session.</summary>
    Stopped,

    /// <summary>The program is gone without a word. Only ever published by the broker, as the last will.</summary>
    Offline,
}
