using AuStream.Stages.Detection;
using AuStream.Stages.Faces;
using AuStream.Stages.Frames;
using AuStream.Stages.Landmarks;

namespace AuStream.Stages.Tracking;

/// <summary>
/// Follows the faces of one stream: each face's landmarks give the region for the next frame; the detector runs only when there is
/// no face, at intervals while there may be more, and after a face went out of sight. docs/faces.md states the rules.
/// </summary>
/// <remarks>One tracker per stream, one thread at a time. All times are presentation times. Allocates nothing in steady state.</remarks>
public sealed class FaceTracker
{
    /// <summary>A second track on one face that is younger than this never was a face of its own.</summary>
    private const long DoubtfulAgeMicroseconds = 300_000;

    /// <summary>Faces smaller than this part of the picture's longer side are hard to find without tiles.</summary>
    private const float SmallFace = 0.1f;

    private readonly IFaceDetector _detector;
    private readonly HeadPoseEstimator _pose;
    private readonly TrackerOptions _options;
    private readonly NewFaceFinder _finder;
    private readonly LandmarkBatch _batch;
    private readonly TrackAssociation _association = new();
    private readonly List<FaceTrack> _tracks = [];
    private readonly List<FaceTrack> _hidden = [];
    private readonly List<FaceDetection> _detections = [];
    private readonly Stack<FaceTrack> _spare = new();
    private long _nextId = 1;
    private long _lastSearch = long.MinValue / 2;
    private long _lastThoroughSearch = long.MinValue / 2;

    /// <param name="detector">Finds new faces; used by this tracker only.</param>
    /// <param name="landmarker">Measures faces; used by this tracker only.</param>
    /// <param name="pose">Head pose from landmarks.</param>
    /// <param name="options">How faces are followed.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public FaceTracker(IFaceDetector detector, IFaceLandmarker landmarker, HeadPoseEstimator pose, TrackerOptions options)
    {
        ArgumentNullException.ThrowIfNull(detector);
        ArgumentNullException.ThrowIfNull(landmarker);
        ArgumentNullException.ThrowIfNull(pose);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _detector = detector;
        _pose = pose;
        _options = options;
        _batch = new LandmarkBatch(landmarker);
        _finder = new NewFaceFinder(_batch, options);
    }

    /// <summary>Faces that were reported and not yet reported as lost.</summary>
    public int OpenFaces => _tracks.Count;

    /// <summary>Finds, follows and measures the faces of the next frame, and adds them in order of their ids.</summary>
    /// <param name="faces">The frame, without faces yet. Its PTS is not below the last frame's.</param>
    public void Process(FrameFaces faces)
    {
        ArgumentNullException.ThrowIfNull(faces);
        VideoFrame frame = faces.Frame;
        long now = faces.Envelope.PtsMicroseconds;
        if (_options.IsPictures)
        {
            Reset();
            Search(frame, now, isThorough: true);
        }
        else
        {
            bool lostOne = Follow(frame, now);
            if (SearchIsDue(frame, now, lostOne, out bool isThorough))
            {
                Search(frame, now, isThorough);
            }

            Expire(now);
        }

        Report(faces, now);
    }

    /// <summary>Ends all faces, e.g. after a source came back: the next frame reports them as lost. Ids go on where they were.</summary>
    public void Reset()
    {
        foreach (FaceTrack track in _tracks)
        {
            track.IsVisible = false;
            track.IsEnded = true;
        }

        if (_options.IsPictures)
        {
            // Pictures have no life-cycle to close.
            Forget();
        }

        _lastSearch = long.MinValue / 2;
        _lastThoroughSearch = long.MinValue / 2;
    }

    /// <summary>The stream ended: every open face becomes <see cref="FaceState.Lost"/>.</summary>
    /// <param name="lost">Receives one record per open face, in order of their ids.</param>
    public void Complete(IList<FaceObservation> lost)
    {
        ArgumentNullException.ThrowIfNull(lost);
        foreach (FaceTrack track in _tracks)
        {
            if (!_options.IsPictures)
            {
                FaceObservation face = new() { FaceId = track.Id, State = FaceState.Lost, Box = track.Motion.Box };
                lost.Add(face);
            }

            track.IsEnded = true;
        }

        Forget();
    }

    private bool Follow(VideoFrame frame, long now)
    {
        _batch.Clear();
        foreach (FaceTrack track in _tracks)
        {
            if (track.IsVisible)
            {
                (float x, float y) = track.Motion.Shift(now);
                _batch.Add(FaceRegion.FromLandmarks(track.Mesh.Points).Move(x, y), track);
            }
        }

        _batch.Run(frame);
        bool lostOne = false;
        for (int i = 0; i < _batch.Count; i++)
        {
            FaceTrack track = _batch.Track(i);
            bool isFace = track.Measured.Confidence >= _options.MinimumConfidence && LiesInside(track.MeasuredBox, frame);
            if (!isFace)
            {
                track.Hide(rollBack: false);
                lostOne = true;
            }
        }

        lostOne |= SeparateDuplicates(now);
        foreach (FaceTrack track in _tracks)
        {
            if (track.IsVisible)
            {
                track.Follow(now, _options.Smoothing);
            }
        }

        return lostOne;
    }

    /// <summary>Where two tracks landed on one face, the one whose motion fits keeps it; the other one's face is behind it.</summary>
    private bool SeparateDuplicates(long now)
    {
        bool hidOne = false;
        for (int i = 0; i < _tracks.Count; i++)
        {
            for (int k = i + 1; k < _tracks.Count && _tracks[i].IsVisible; k++)
            {
                FaceTrack older = _tracks[i];
                FaceTrack younger = _tracks[k];
                if (!younger.IsVisible || older.MeasuredBox.IntersectionOverUnion(younger.MeasuredBox) <= _options.DuplicateOverlap)
                {
                    continue;
                }

                if (now - younger.BornMicroseconds < DoubtfulAgeMicroseconds)
                {
                    younger.Hide(rollBack: false);
                    younger.IsEnded = true;
                    continue;
                }

                FaceTrack loser = older.SurpriseWith(now) > younger.SurpriseWith(now) ? older : younger;
                loser.Hide(rollBack: true);
                hidOne = true;
            }
        }

        return hidOne;
    }

    private bool SearchIsDue(VideoFrame frame, long now, bool lostOne, out bool isThorough)
    {
        int visible = 0;
        bool waits = false;
        bool waitsForSmall = false;
        foreach (FaceTrack track in _tracks)
        {
            visible += track.IsVisible ? 1 : 0;
            if (!track.IsVisible && !track.IsEnded)
            {
                waits = true;
                waitsForSmall |= track.Motion.Size < SmallFace * Math.Max(frame.Width, frame.Height);
            }
        }

        isThorough = false;
        if (visible >= _options.MaximumFaces)
        {
            return false;
        }

        bool recovers = waits && (lostOne || IsOver(_lastSearch, _options.RecoveryInterval, now));
        isThorough = IsOver(_lastThoroughSearch, _options.DetectionInterval, now) || (recovers && waitsForSmall);
        return isThorough || recovers || visible == 0;
    }

    private static bool IsOver(long since, TimeSpan interval, long now) => now - since >= (long)interval.TotalMicroseconds;

    private void Search(VideoFrame frame, long now, bool isThorough)
    {
        _lastSearch = now;
        _lastThoroughSearch = isThorough ? now : _lastThoroughSearch;
        _detector.Detect(frame, isThorough, _detections);
        _finder.Find(frame, _detections, _tracks, _spare);
        _hidden.Clear();
        foreach (FaceTrack track in _tracks)
        {
            if (!track.IsVisible && !track.IsEnded)
            {
                _hidden.Add(track);
            }
        }

        ReadOnlySpan<int> found = _association.Match(_hidden, _finder.Found, now);
        for (int i = 0; i < _finder.Found.Count; i++)
        {
            FaceTrack candidate = _finder.Found[i];
            if (found[i] >= 0)
            {
                FaceTrack track = _hidden[found[i]];
                track.TakeMeasured(candidate);
                track.Resume(now, _options.Smoothing);
                _spare.Push(candidate);
            }
            else
            {
                candidate.Start(_nextId++, now, _options.Smoothing);
                _tracks.Add(candidate);
            }
        }
    }

    private void Expire(long now)
    {
        foreach (FaceTrack track in _tracks)
        {
            if (!track.IsVisible && now - track.SeenMicroseconds > (long)_options.Patience.TotalMicroseconds)
            {
                track.IsEnded = true;
            }
        }
    }

    private void Report(FrameFaces faces, long now)
    {
        foreach (FaceTrack track in _tracks)
        {
            FaceObservation face = faces.AddFace();
            face.FaceId = track.Id;
            face.State = track.IsEnded ? FaceState.Lost
                : !track.IsVisible ? FaceState.Occluded
                : track.IsReported ? FaceState.Tracked
                : FaceState.Appeared;
            track.IsReported = true;
            if (!face.IsVisible)
            {
                face.Box = track.Motion.Predict(now);
                continue;
            }

            track.Landmarks.CopyTo(face.Landmarks);
            face.Box = track.Motion.Box;
            face.Confidence = track.Mesh.Confidence;
            face.InterOcularDistance = track.Mesh.InterOcularDistance();
            face.HasIrises = track.Mesh.HasIrises;
            track.Mesh.Irises.CopyTo(face.Irises, 0);
            face.Pose = _pose.Estimate(face.Landmarks);
        }

        Forget();
    }

    private void Forget()
    {
        for (int i = _tracks.Count - 1; i >= 0; i--)
        {
            if (_tracks[i].IsEnded)
            {
                _spare.Push(_tracks[i]);
                _tracks.RemoveAt(i);
            }
        }
    }

    private static bool LiesInside(in PixelBox box, VideoFrame frame) =>
        box.CenterX >= 0 && box.CenterY >= 0 && box.CenterX < frame.Width && box.CenterY < frame.Height;
}
