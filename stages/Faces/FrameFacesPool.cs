using System.Collections.Concurrent;
using AuStream.Stages.Frames;

namespace AuStream.Stages.Faces;

/// <summary>Recycles <see cref="FrameFaces"/> and the faces in them. Thread-safe.</summary>
public sealed class FrameFacesPool
{
    private readonly ConcurrentStack<FrameFaces> _free = new();

    /// <summary>An empty list of faces that takes over the frame.</summary>
    public FrameFaces Rent(VideoFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        FrameFaces faces = _free.TryPop(out FrameFaces? recycled) ? recycled : new FrameFaces(this);
        faces.Attach(frame);
        return faces;
    }

    internal void Return(FrameFaces faces) => _free.Push(faces);
}
