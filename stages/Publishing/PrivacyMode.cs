namespace AuStream.Stages.Publishing;

/// <summary>How much a stream tells about the faces it measures.</summary>
public enum PrivacyMode
{
    /// <summary>Everything: each face in each frame, with an id that counts within the session.</summary>
    Faces,

    /// <summary>Statistics over groups only; nothing about a single face, no ids.</summary>
    Aggregate,

    /// <summary>Events of faces, no frames.</summary>
    EventsOnly,
}
