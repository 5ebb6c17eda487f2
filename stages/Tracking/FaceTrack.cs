using AuStream.Stages.Faces;
using AuStream.Stages.Landmarks;

namespace AuStream.Stages.Tracking;

/// <summary>One face over time. Pooled and mutable; written by <see cref="FaceTracker"/> only.</summary>
internal sealed class FaceTrack
{
    /// <summary>Surprises are remembered for about this long when two tracks quarrel over one face.</summary>
    private const float SurpriseMemory = 0.25f;

    /// <summary>A face whose place surprises by less than this (in face sizes) is followed safely.</summary>
    private const float SteadySurprise = 0.08f;

    private readonly LandmarkSmoother _smoother = new(FaceObservation.LandmarkCount * 3);
    private bool _usesSmoother;
    private FaceMotion _steady;
    private float _surprise;

    public long Id { get; private set; }

    /// <summary>Seen in the current frame.</summary>
    public bool IsVisible { get; set; }

    /// <summary>Reported to the consumer at least once.</summary>
    public bool IsReported { get; set; }

    /// <summary>To be reported as lost and then forgotten.</summary>
    public bool IsEnded { get; set; }

    public long BornMicroseconds { get; private set; }

    public long SeenMicroseconds { get; private set; }

    /// <summary>Last accepted mesh.</summary>
    public FaceMesh Mesh { get; private set; } = new();

    /// <summary>What the landmark network said in the current frame, not accepted yet.</summary>
    public FaceMesh Measured { get; private set; } = new();

    /// <summary>Bounds of <see cref="Measured"/>.</summary>
    public PixelBox MeasuredBox { get; set; }

    public FaceMotion Motion { get; private set; }

    /// <summary>Landmarks to publish.</summary>
    public ReadOnlySpan<float> Landmarks => _usesSmoother ? _smoother.Values : Mesh.Points;

    /// <summary>Takes over what another object measured.</summary>
    public void TakeMeasured(FaceTrack other)
    {
        (Measured, other.Measured) = (other.Measured, Measured);
        MeasuredBox = other.MeasuredBox;
    }

    /// <summary>Begins with <see cref="Measured"/>.</summary>
    public void Start(long id, long pts, SmoothingOptions? smoothing)
    {
        Id = id;
        IsReported = false;
        IsEnded = false;
        BornMicroseconds = pts;
        _surprise = 0;
        _smoother.Reset();
        Motion = FaceMotion.Start(Measured.Points, MeasuredBox, pts);
        _steady = Motion;
        Accept(pts, smoothing);
    }

    /// <summary>The face was followed to <see cref="Measured"/>.</summary>
    public void Follow(long pts, SmoothingOptions? smoothing)
    {
        _surprise = SurpriseWith(pts);
        Motion = Motion.Next(Measured.Points, MeasuredBox, pts);
        if (_surprise < SteadySurprise)
        {
            _steady = Motion;
        }

        Accept(pts, smoothing);
    }

    /// <summary>The face was found again at <see cref="Measured"/> after it was out of sight.</summary>
    public void Resume(long pts, SmoothingOptions? smoothing)
    {
        _surprise = 0;
        Motion = FaceMotion.Start(Measured.Points, MeasuredBox, pts);
        _steady = Motion;
        _smoother.Reset();
        Accept(pts, smoothing);
    }

    /// <summary>The face is out of sight.</summary>
    /// <param name="rollBack">True when the last landmarks may have been another face's: the last safe motion is taken instead.</param>
    public void Hide(bool rollBack)
    {
        IsVisible = false;
        if (rollBack)
        {
            Motion = _steady;
        }
    }

    /// <summary>How badly <see cref="Measured"/> and the recent past fit the face's motion, in face sizes.</summary>
    public float SurpriseWith(long pts)
    {
        float seconds = Math.Max(0, (pts - SeenMicroseconds) * 1e-6f);
        float now = Motion.Surprise(MeasuredBox, pts);
        return Math.Max(now, _surprise * MathF.Exp(-seconds / SurpriseMemory));
    }

    private void Accept(long pts, SmoothingOptions? smoothing)
    {
        float seconds = (pts - SeenMicroseconds) * 1e-6f;
        (Mesh, Measured) = (Measured, Mesh);
        SeenMicroseconds = pts;
        IsVisible = true;
        _usesSmoother = smoothing is not null;
        if (smoothing is not null)
        {
            _smoother.Update(Mesh.Points, seconds, Mesh.InterOcularDistance(), smoothing);
        }
    }
}
