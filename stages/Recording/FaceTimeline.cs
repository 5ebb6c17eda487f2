namespace AuStream.Stages.Recording;

/// <summary>One face's intensities over time in even bins, and the events that ended. Not thread-safe.</summary>
internal sealed class FaceTimeline
{
    private readonly int _actionUnits;
    private float[] _sums = [];
    private int[] _counts = [];

    /// <param name="faceId">The face.</param>
    /// <param name="actionUnits">Action units of the model.</param>
    /// <param name="firstMicroseconds">PTS of the first frame that shows it.</param>
    public FaceTimeline(long faceId, int actionUnits, long firstMicroseconds)
    {
        FaceId = faceId;
        FirstMicroseconds = firstMicroseconds;
        LastMicroseconds = firstMicroseconds;
        _actionUnits = actionUnits;
    }

    /// <summary>The face.</summary>
    public long FaceId { get; }

    /// <summary>PTS of the first frame that showed it, in µs.</summary>
    public long FirstMicroseconds { get; }

    /// <summary>PTS of the last frame that showed it, in µs.</summary>
    public long LastMicroseconds { get; private set; }

    /// <summary>Frames that showed it.</summary>
    public long Frames { get; private set; }

    /// <summary>Events of this face that ended, in the order of their ends.</summary>
    public List<ElanAnnotation> Events { get; } = [];

    /// <summary>Bins with room; those from the end on are empty.</summary>
    public int Bins => _counts.Length;

    /// <summary>Adds a frame that shows the face.</summary>
    /// <param name="bin">Bin of its PTS, from 0.</param>
    /// <param name="microseconds">Its PTS.</param>
    /// <param name="intensities">0–5 in the model's order; empty where the network gave no valid result.</param>
    public void Add(int bin, long microseconds, ReadOnlySpan<float> intensities)
    {
        LastMicroseconds = microseconds;
        Frames++;
        if (intensities.IsEmpty)
        {
            return;
        }

        if (bin >= _counts.Length)
        {
            int room = Math.Max(bin + 1, Math.Min(ReportTimelines.LargestBinCount, 2 * _counts.Length));
            Array.Resize(ref _counts, room);
            Array.Resize(ref _sums, room * _actionUnits);
        }

        _counts[bin]++;
        Span<float> sums = _sums.AsSpan(bin * _actionUnits, _actionUnits);
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] += intensities[i];
        }
    }

    /// <summary>Mean intensity of an action unit in a bin; NaN where the face was not measured.</summary>
    public float MeanOf(int actionUnit, int bin) => _counts[bin] == 0 ? float.NaN : _sums[(bin * _actionUnits) + actionUnit] / _counts[bin];

    /// <summary>Makes bins twice as wide: two neighbours become one.</summary>
    public void Halve()
    {
        int half = (_counts.Length + 1) / 2;
        for (int bin = 0; bin < half; bin++)
        {
            bool hasSecond = (2 * bin) + 1 < _counts.Length;
            _counts[bin] = _counts[2 * bin] + (hasSecond ? _counts[(2 * bin) + 1] : 0);
            for (int i = 0; i < _actionUnits; i++)
            {
                _sums[(bin * _actionUnits) + i] = _sums[(2 * bin * _actionUnits) + i] + (hasSecond ? _sums[(((2 * bin) + 1) * _actionUnits) + i] : 0);
            }
        }

        Array.Resize(ref _counts, half);
        Array.Resize(ref _sums, half * _actionUnits);
    }
}
