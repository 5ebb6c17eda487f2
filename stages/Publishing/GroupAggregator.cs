using AuStream.Stages.Faces;

namespace AuStream.Stages.Publishing;

/// <summary>
/// Sums up frames into statistics of groups. Only frames with at least the smallest group of measured faces count, so that no number
/// depends on fewer faces; which face is which plays no part, so a face that is lost and found again does not make a group larger.
/// </summary>
/// <remarks>For one stream; not thread-safe. A frame allocates nothing.</remarks>
public sealed class GroupAggregator
{
    private readonly IReadOnlyList<int> _actionUnits;
    private readonly int _minimumGroup;
    private readonly long _interval;
    private readonly long[] _measured;
    private readonly long[] _present;
    private readonly double[] _intensity;
    private long? _begin;
    private long _from;
    private long _to;
    private long _frames;
    private long _faces;
    private int _least;
    private int _most;

    /// <param name="actionUnits">FACS numbers in the order of every face's measurements.</param>
    /// <param name="minimumGroup">Fewest measured faces in a frame that counts, at least 3.</param>
    /// <param name="interval">Length of an interval in the stream's time.</param>
    public GroupAggregator(IReadOnlyList<int> actionUnits, int minimumGroup, TimeSpan interval)
    {
        ArgumentNullException.ThrowIfNull(actionUnits);
        ArgumentOutOfRangeException.ThrowIfLessThan(minimumGroup, SmallestGroup);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        _actionUnits = actionUnits;
        _minimumGroup = minimumGroup;
        _interval = (long)interval.TotalMicroseconds;
        _measured = new long[actionUnits.Count];
        _present = new long[actionUnits.Count];
        _intensity = new double[actionUnits.Count];
    }

    /// <summary>No group is smaller.</summary>
    public const int SmallestGroup = 3;

    /// <summary>Takes a frame; returns the statistics of the interval that ended before it, or null when none ended or none of its frames counts.</summary>
    public GroupStatistics? Observe(FrameFaces frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        long pts = frame.Envelope.PtsMicroseconds;
        _begin ??= pts;
        GroupStatistics? ended = null;
        if (pts - _begin >= _interval)
        {
            ended = Complete();
            _begin = pts;
        }

        Add(frame, pts);
        return ended;
    }

    /// <summary>Ends the interval that is open.</summary>
    public GroupStatistics? Complete()
    {
        GroupStatistics? statistics = _frames == 0 ? null : new GroupStatistics(
            _from,
            _to,
            _frames,
            _minimumGroup,
            (double)_faces / _frames,
            _least,
            _most,
            [.. Enumerable.Range(0, _actionUnits.Count)
                .Where(i => _measured[i] > 0)
                .Select(i => (_actionUnits[i], (double)_present[i] / _measured[i], _intensity[i] / _measured[i]))]);
        Array.Clear(_measured);
        Array.Clear(_present);
        Array.Clear(_intensity);
        _begin = null;
        _frames = 0;
        _faces = 0;
        return statistics;
    }

    private void Add(FrameFaces frame, long pts)
    {
        int group = 0;
        for (int i = 0; i < frame.Faces.Count; i++)
        {
            group += Counts(frame.Faces[i]) ? 1 : 0;
        }

        if (group < _minimumGroup)
        {
            return;
        }

        _from = _frames == 0 ? pts : _from;
        _to = pts;
        _least = _frames == 0 ? group : Math.Min(_least, group);
        _most = _frames == 0 ? group : Math.Max(_most, group);
        _frames++;
        _faces += group;
        for (int i = 0; i < frame.Faces.Count; i++)
        {
            FaceObservation face = frame.Faces[i];
            for (int unit = 0; Counts(face) && unit < _actionUnits.Count; unit++)
            {
                _measured[unit]++;
                _present[unit] += face.Presence[unit] ? 1 : 0;
                _intensity[unit] += face.Intensities[unit];
            }
        }
    }

    /// <summary>A face counts with all its action units or not at all, so that none of them is about fewer faces.</summary>
    private bool Counts(FaceObservation face)
    {
        if (!face.IsVisible || !face.HasActionUnits || face.Intensities.Length != _actionUnits.Count)
        {
            return false;
        }

        foreach (float intensity in face.Intensities)
        {
            if (!float.IsFinite(intensity))
            {
                return false;
            }
        }

        return true;
    }
}
