using AuStream.Stages.Faces;

namespace AuStream.Graph.Tests.Fakes;

/// <summary>Gives every face one action unit whose intensity counts the frames; can fail at a frame.</summary>
internal sealed class CountingActionUnits : IFrameStage
{
    public long FaultAt { get; init; } = -1;

    public void Process(FrameFaces faces)
    {
        if (faces.Envelope.Sequence == FaultAt)
        {
            throw new InvalidOperationException("the action unit network failed");
        }

        _ = faces.Frame.Y;
        foreach (FaceObservation face in faces.Faces)
        {
            face.EnsureActionUnits(1);
            face.Intensities[0] = faces.Envelope.Sequence % 5;
            face.HasActionUnits = true;
        }
    }
}
