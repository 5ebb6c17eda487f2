using AuStream.Stages.Frames;

namespace AuStream.Stages.Faces;

/// <summary>Recycles <see cref="FrameFaces"/> and the faces in them. Thread-safe.</summary>
public sealed class FrameFacesPool
{
    // A plain stack under a lock: a concurrent one allocates a node per return.
    private readonly Lock _gate = new();
    private readonly Stack<FrameFaces> _free = new();

    /// <summary>An empty list of faces that takes over the frame.</summary>
    public FrameFaces Rent(VideoFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        FrameFaces faces = TakeFree() ?? new FrameFaces(this);
        faces.Attach(frame);
        return faces;
    }

    internal void Return(FrameFaces faces)
    {
        lock (_gate)
        {
            _free.Push(faces);
        }
    }

    private FrameFaces? TakeFree()
    {
        lock (_gate)
        {
            return _free.TryPop(out FrameFaces? recycled) ? recycled : null;
        }
    }
}
