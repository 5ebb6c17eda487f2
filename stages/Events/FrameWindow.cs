using AuStream.Stages.Faces;

namespace AuStream.Stages.Events;

/// <summary>
/// Frames that wait until the stream is far enough ahead of them, and what they tell about the time after a frame. Without look-ahead
/// none waits.
/// </summary>
internal sealed class FrameWindow(int actionUnitCount, TimeSpan lookAhead, double timeConstant, long patience)
{
    private readonly long _lookAhead = (long)lookAhead.TotalMicroseconds;
    private readonly Queue<MeasuredFrame> _waiting = new();
    private readonly Stack<MeasuredFrame> _spare = new();
    private readonly List<(long Pts, float[] Intensities)> _after = [];
    private readonly double[] _ahead = new double[actionUnitCount];
    private long _newest = long.MinValue;

    /// <summary>Copies a frame. Where time runs backwards nothing is to be learnt from what follows: what waits is released.</summary>
    public void Add(FrameFaces frame)
    {
        MeasuredFrame copy = _spare.TryPop(out MeasuredFrame? recycled) ? recycled : new MeasuredFrame(actionUnitCount);
        try
        {
            copy.Take(frame);
        }
        catch
        {
            _spare.Push(copy);
            throw;
        }

        IsReleasing = copy.Pts < _newest;
        _newest = copy.Pts;
        _waiting.Enqueue(copy);
    }

    /// <summary>True when frames are to be taken whatever the time: at the end, and where time ran backwards.</summary>
    public bool IsReleasing { get; set; }

    /// <summary>Takes the next frame that waited long enough. Give it back by <see cref="Recycle"/>.</summary>
    public bool TryTake(out MeasuredFrame frame)
    {
        if (_waiting.TryPeek(out frame!) && (IsReleasing || _newest - frame.Pts >= _lookAhead))
        {
            _waiting.Dequeue();
            return true;
        }

        return false;
    }

    public void Recycle(MeasuredFrame frame) => _spare.Push(frame);

    /// <summary>
    /// The exponential mean, per action unit, of a face's intensity after a frame that was just taken, as far as the waiting frames reach: the
    /// filter of <see cref="SegmentTracker"/>, run backwards. Empty without look-ahead.
    /// </summary>
    public ReadOnlySpan<double> After(MeasuredFace face, long pts)
    {
        if (_lookAhead == 0)
        {
            return [];
        }

        _after.Clear();
        _after.Add((pts, face.Intensities));
        foreach (MeasuredFrame frame in _waiting)
        {
            MeasuredFace? later = frame.Find(face.FaceId);
            if (later is { IsLost: true } || frame.Pts - _after[^1].Pts > patience || frame.Pts < _after[^1].Pts)
            {
                break;
            }

            if (later is { IsMeasured: true } && frame.Pts > _after[^1].Pts)
            {
                _after.Add((frame.Pts, later.Intensities));
            }
        }

        for (int i = 0; i < _ahead.Length; i++)
        {
            _ahead[i] = MeanAfter(i);
        }

        return _ahead;
    }

    private double MeanAfter(int actionUnit)
    {
        double mean = double.NaN;
        double previous = 0;
        long time = 0;
        for (int i = _after.Count - 1; i >= 0; i--)
        {
            float intensity = _after[i].Intensities[actionUnit];
            if (!float.IsFinite(intensity))
            {
                continue;
            }

            if (double.IsNaN(mean) || timeConstant <= 0)
            {
                mean = intensity;
            }
            else
            {
                long step = time - _after[i].Pts;
                double lag = (intensity - previous) / step * timeConstant;
                mean = intensity - lag + ((mean - previous + lag) * Math.Exp(-step / timeConstant));
            }

            previous = intensity;
            time = _after[i].Pts;
        }

        return mean;
    }
}
