namespace AuStream.Stages.Faces;

/// <summary>A stage that works in place on the faces of one frame.</summary>
/// <remarks>One instance serves one stream: calls come one at a time, in order of PTS.</remarks>
public interface IFrameStage
{
    /// <summary>Reads the frame and writes its results into the faces.</summary>
    void Process(FrameFaces faces);
}
