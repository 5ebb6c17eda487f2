using AuStream.Stages.Frames;

namespace AuStream.Stages.Faces;

/// <summary>All faces of one frame; an empty list is the explicit statement that there is none.</summary>
/// <remarks>Pooled by <see cref="FrameFacesPool"/>. It owns the frame until <see cref="ReleaseFrame"/>. One stage works on it at a time.</remarks>
public sealed class FrameFaces : IDisposable
{
    private readonly FrameFacesPool _pool;
    private readonly List<FaceObservation> _faces = [];
    private readonly Stack<FaceObservation> _spare = new();
    private VideoFrame? _frame;
    private bool _isRented;

    internal FrameFaces(FrameFacesPool pool)
    {
        _pool = pool;
    }

    /// <summary>The frame's envelope; valid after the frame itself was released.</summary>
    public Envelope Envelope { get; private set; }

    /// <summary>Width of the frame in pixels.</summary>
    public int Width { get; private set; }

    /// <summary>Height of the frame in pixels.</summary>
    public int Height { get; private set; }

    /// <summary>Name of the picture's file, or null for video.</summary>
    public string? FileName { get; private set; }

    /// <summary>The pixels.</summary>
    /// <exception cref="InvalidOperationException">They were released already.</exception>
    public VideoFrame Frame => _frame ?? throw new InvalidOperationException("The frame's pixels were released already.");

    /// <summary>The faces, in order of their ids.</summary>
    public IReadOnlyList<FaceObservation> Faces => _faces;

    /// <summary>Adds a face, recycled where possible, for the caller to fill.</summary>
    public FaceObservation AddFace()
    {
        FaceObservation face = _spare.TryPop(out FaceObservation? recycled) ? recycled : new FaceObservation();
        face.Reset();
        _faces.Add(face);
        return face;
    }

    /// <summary>Gives the pixels back as soon as no later stage needs them.</summary>
    public void ReleaseFrame()
    {
        _frame?.Dispose();
        _frame = null;
    }

    /// <summary>Releases the frame and gives this object back to its pool. Further calls do nothing, until it is rented again.</summary>
    public void Dispose()
    {
        if (!_isRented)
        {
            return;
        }

        _isRented = false;
        ReleaseFrame();
        foreach (FaceObservation face in _faces)
        {
            _spare.Push(face);
        }

        _faces.Clear();
        _pool.Return(this);
    }

    internal void Attach(VideoFrame frame)
    {
        _frame = frame;
        _isRented = true;
        Envelope = frame.Envelope;
        Width = frame.Width;
        Height = frame.Height;
        FileName = frame.FileName;
    }
}
