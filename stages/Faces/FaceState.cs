namespace AuStream.Stages.Faces;

/// <summary>Life-cycle of a face within a stream.</summary>
public enum FaceState
{
    /// <summary>First record of this id.</summary>
    Appeared,

    /// <summary>Seen in this frame.</summary>
    Tracked,

    /// <summary>Not seen in this frame, still waited for (up to the tracker's patience, 1 s by default). No measurements.</summary>
    Occluded,

    /// <summary>Last record of this id, which is never used again within the stream. No measurements.</summary>
    Lost,
}
