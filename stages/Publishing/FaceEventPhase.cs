namespace AuStream.Stages.Publishing;

/// <summary>Which message about a face this is. Every <see cref="Appeared"/> is followed by exactly one <see cref="Lost"/>.</summary>
public enum FaceEventPhase
{
    /// <summary>First seen.</summary>
    Appeared,

    /// <summary>Gone for good: the id does not come back.</summary>
    Lost,
}
