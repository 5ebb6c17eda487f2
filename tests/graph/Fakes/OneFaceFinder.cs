using AuStream.Pipeline.Graph;
using AuStream.Stages.Faces;

namespace AuStream.Graph.Tests.Fakes;

/// <summary>Finds face 1 in every frame; can be slow, and can fail at a frame.</summary>
internal sealed class OneFaceFinder : IFaceFinder
{
    public long FaultAt { get; init; } = -1;

    public Action<long>? Before { get; init; }

    public bool IsDisposed { get; private set; }

    public void Process(FrameFaces faces)
    {
        Before?.Invoke(faces.Envelope.Sequence);
        if (faces.Envelope.Sequence == FaultAt)
        {
            throw new InvalidOperationException("the face finder failed");
        }

        FaceObservation face = faces.AddFace();
        face.FaceId = 1;
        face.State = faces.Envelope.Sequence == 0 ? FaceState.Appeared : FaceState.Tracked;
        face.Confidence = 1;
    }

    public void Dispose() => IsDisposed = true;
}
