using AuStream.Stages.ActionUnits;
using AuStream.Stages.Faces;

namespace AuStream.Stages.Recording;

/// <summary>
/// What a report shows, gathered frame by frame in bounded memory: bins grow with the recording's length, and of very many faces those that were there
/// longest are kept. Not thread-safe.
/// </summary>
internal sealed class ReportTimelines(int actionUnits)
{
    /// <summary>Bins of a face at most: more than a screen has pixels for.</summary>
    public const int LargestBinCount = 1_200;

    /// <summary>Faces whose course is kept.</summary>
    public const int LargestFaceCount = 40;

    /// <summary>Events of a face that are kept; those beyond are counted.</summary>
    public const int LargestEventCount = 20_000;

    private const long NarrowestBinMicroseconds = 40_000;

    private readonly Dictionary<long, FaceTimeline> _faces = [];
    private readonly HashSet<long> _seenNow = [];

    /// <summary>Width of a bin in µs.</summary>
    public long BinMicroseconds { get; private set; } = NarrowestBinMicroseconds;

    /// <summary>PTS of the last frame in µs: the length of what was measured.</summary>
    public long LengthMicroseconds { get; private set; }

    /// <summary>Frames.</summary>
    public long Frames { get; private set; }

    /// <summary>Frames without a visible face.</summary>
    public long FramesWithoutFace { get; private set; }

    /// <summary>Faces that were left out because others were there longer.</summary>
    public long FacesLeftOut { get; private set; }

    /// <summary>Events that were left out with them, or beyond <see cref="LargestEventCount"/>.</summary>
    public long EventsLeftOut { get; private set; }

    /// <summary>The faces, in order of their ids.</summary>
    public IReadOnlyList<FaceTimeline> Faces => [.. _faces.Values.OrderBy(face => face.FaceId)];

    /// <summary>Takes a frame.</summary>
    public void Add(FrameFaces faces)
    {
        long pts = Math.Max(0, faces.Envelope.PtsMicroseconds);
        LengthMicroseconds = Math.Max(LengthMicroseconds, pts);
        Frames++;
        while (pts / BinMicroseconds >= LargestBinCount)
        {
            BinMicroseconds *= 2;
            foreach (FaceTimeline face in _faces.Values)
            {
                face.Halve();
            }
        }

        _seenNow.Clear();
        for (int i = 0; i < faces.Faces.Count; i++)
        {
            FaceObservation face = faces.Faces[i];
            if (face.IsVisible)
            {
                _seenNow.Add(face.FaceId);
                TimelineOf(face.FaceId, pts).Add((int)(pts / BinMicroseconds), pts, face.HasActionUnits ? face.Intensities : []);
            }
        }

        FramesWithoutFace += _seenNow.Count == 0 ? 1 : 0;
        while (_faces.Count > LargestFaceCount + _seenNow.Count)
        {
            Forget();
        }
    }

    /// <summary>Takes an event that ended.</summary>
    public void Add(ActionUnitEvent ended, long offsetMicroseconds)
    {
        if (_faces.TryGetValue(ended.FaceId, out FaceTimeline? face) && face.Events.Count < LargestEventCount)
        {
            face.Events.Add(new ElanAnnotation(ended.FaceId, ended.ActionUnit, ended.OnsetMicroseconds, offsetMicroseconds, ended.PeakIntensity));
        }
        else
        {
            EventsLeftOut++;
        }
    }

    /// <summary>Leaves out all but the faces that are shown.</summary>
    public void Complete()
    {
        _seenNow.Clear();
        while (_faces.Count > LargestFaceCount)
        {
            Forget();
        }
    }

    private FaceTimeline TimelineOf(long faceId, long pts)
    {
        if (!_faces.TryGetValue(faceId, out FaceTimeline? timeline))
        {
            timeline = new FaceTimeline(faceId, actionUnits, pts);
            _faces.Add(faceId, timeline);
        }

        return timeline;
    }

    // Of the faces that are gone, the one that was seen least.
    private void Forget()
    {
        FaceTimeline least = _faces.Values.Where(face => !_seenNow.Contains(face.FaceId)).MinBy(face => (face.Frames, -face.FaceId))!;
        EventsLeftOut += least.Events.Count;
        FacesLeftOut++;
        _faces.Remove(least.FaceId);
    }
}
