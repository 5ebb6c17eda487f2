namespace AuStream.Stages.Supervising;

/// <summary>Where a live source stands.</summary>
public enum ConnectionStatus
{
    /// <summary>An attempt to connect is under way.</summary>
    Connecting,

    /// <summary>Frames come.</summary>
    Connected,

    /// <summary>No frame came for too long; the decoder was ended. <see cref="Waiting"/> follows.</summary>
    Stalled,

    /// <summary>The source is away; the next attempt is due at <see cref="ConnectionChange.NextAttemptAt"/>.</summary>
    Waiting,

    /// <summary>No further attempt will be made.</summary>
    Ended,
}
