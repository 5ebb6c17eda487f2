using AuStream.Stages.Faces;

namespace AuStream.Stages.Calibrating;

/// <summary>Mean of what the network says about one face over a stretch of frames in which the face is seen, frontal and still.</summary>
internal sealed class StillStretch(int featureCount, int actionUnitCount)
{
    private readonly float[] _sum = new float[featureCount + actionUnitCount];
    private HeadPose _least;
    private HeadPose _most;
    private (float Left, float Right, float Top, float Bottom, float Width) _centre;
    private double _activation;
    private int _active;

    /// <summary>Frames in the stretch.</summary>
    public int Count { get; private set; }

    /// <summary>PTS of the first frame, µs.</summary>
    public long Start { get; private set; }

    /// <summary>PTS of the latest frame, µs.</summary>
    public long End { get; private set; }

    /// <summary>Mean activation of the frames.</summary>
    public double Activation => _activation / Count;

    /// <summary>True when an action unit is present in half of the frames or more: a blink does not make a face lively.</summary>
    public bool IsActive => 2 * _active >= Count;

    public void Clear() => Count = 0;

    /// <summary>Adds a frame. One that is of no use ends the stretch; one that has moved away begins a new one.</summary>
    /// <param name="face">The face; may be null when the frame has none of this id.</param>
    /// <param name="pts">The frame's PTS, µs.</param>
    /// <param name="activation">How far the face is from rest.</param>
    /// <param name="options">What counts as frontal and still.</param>
    public StretchFault Add(FaceObservation? face, long pts, FaceActivation activation, NeutralReferenceOptions options)
    {
        StretchFault fault = FaultOf(face, options);
        if (fault != StretchFault.None)
        {
            Clear();
            return fault;
        }

        if (Count > 0 && (pts <= End || pts - End > options.MaximumGap.TotalMicroseconds))
        {
            Clear();
        }

        bool moved = Count > 0 && !Extend(face!, options);
        if (moved || Count == 0)
        {
            Begin(face!, pts);
        }

        for (int i = 0; i < featureCount; i++)
        {
            _sum[i] += face!.Features[i];
        }

        for (int i = 0; i < actionUnitCount; i++)
        {
            _sum[featureCount + i] += face!.RawIntensities[i];
        }

        _activation += activation.Mean;
        _active += activation.IsPresent ? 1 : 0;
        Count++;
        End = pts;
        return moved ? StretchFault.Moving : StretchFault.None;
    }

    /// <summary>Writes the mean features, then the mean raw outputs.</summary>
    public void WriteMean(Span<float> mean)
    {
        for (int i = 0; i < _sum.Length; i++)
        {
            mean[i] = _sum[i] / Count;
        }
    }

    private void Begin(FaceObservation face, long pts)
    {
        Array.Clear(_sum);
        _activation = 0;
        _active = 0;
        Count = 0;
        Start = pts;
        _least = _most = face.Pose;
        PixelBox box = face.Box;
        _centre = (box.CenterX, box.CenterX, box.CenterY, box.CenterY, box.Width);
    }

    private bool Extend(FaceObservation face, NeutralReferenceOptions options)
    {
        HeadPose pose = face.Pose;
        _least = new HeadPose(Math.Min(_least.Yaw, pose.Yaw), Math.Min(_least.Pitch, pose.Pitch), Math.Min(_least.Roll, pose.Roll));
        _most = new HeadPose(Math.Max(_most.Yaw, pose.Yaw), Math.Max(_most.Pitch, pose.Pitch), Math.Max(_most.Roll, pose.Roll));
        PixelBox box = face.Box;
        _centre = (
            Math.Min(_centre.Left, box.CenterX), Math.Max(_centre.Right, box.CenterX),
            Math.Min(_centre.Top, box.CenterY), Math.Max(_centre.Bottom, box.CenterY), _centre.Width);
        float rotation = Math.Max(Math.Max(_most.Yaw - _least.Yaw, _most.Pitch - _least.Pitch), _most.Roll - _least.Roll);
        float movement = Math.Max(_centre.Right - _centre.Left, _centre.Bottom - _centre.Top);
        return rotation <= options.MaximumRotation && movement <= options.MaximumMovement * _centre.Width;
    }

    private StretchFault FaultOf(FaceObservation? face, NeutralReferenceOptions options)
    {
        if (face is null || !face.IsVisible)
        {
            return StretchFault.NotSeen;
        }

        if (!face.HasActionUnits || face.Features.Length != featureCount || !IsFinite(face.Features))
        {
            return StretchFault.NotMeasured;
        }

        if (!(face.Confidence >= options.MinimumConfidence))
        {
            return StretchFault.Unclear;
        }

        if (!(face.InterOcularDistance >= options.MinimumInterOcularDistance))
        {
            return StretchFault.TooSmall;
        }

        return Math.Abs(face.Pose.Yaw) <= options.MaximumYaw && Math.Abs(face.Pose.Pitch) <= options.MaximumPitch
            ? StretchFault.None
            : StretchFault.NotFrontal;
    }

    private static bool IsFinite(float[] values)
    {
        // x · 0 is 0 for every finite x, and NaN otherwise.
        float sum = 0;
        foreach (float value in values)
        {
            sum += value * 0;
        }

        return sum == 0;
    }
}
