using AuStream.Stages.ActionUnits;
using AuStream.Stages.Events;
using AuStream.Stages.Faces;
using AuStream.Stages.Frames;

namespace AuStream.Stages.Tests.Events;

/// <summary>Feeds a smoother from written-down scores; times in milliseconds.</summary>
internal sealed class EventScenario : IEventIdSource
{
    public const string StreamId = "cam";

    /// <summary>No filter, so that expected values can be computed by hand; an event lasts 100 ms, a gap 50 ms.</summary>
    public static readonly EventSmootherOptions Unfiltered = new()
    {
        FilterTimeConstant = TimeSpan.Zero,
        OffFraction = 0.5f,
        MinimumDuration = TimeSpan.FromMilliseconds(100),
        BridgedGap = TimeSpan.FromMilliseconds(50),
        UpdateInterval = TimeSpan.FromSeconds(10),
    };

    private readonly FramePool _frames = new();
    private readonly FrameFacesPool _faces = new();
    private readonly List<ActionUnitEvent> _events = [];
    private readonly List<ActionUnitEvent> _earlier = [];
    private readonly long _origin;
    private int _ids;

    public EventScenario(EventSmootherOptions? options = null, int[]? actionUnits = null, float threshold = 2, long originMicroseconds = 0)
    {
        ActionUnits = actionUnits ?? [12];
        Smoother = new EventSmoother(StreamId, ActionUnits, [.. ActionUnits.Select(_ => threshold)], options ?? Unfiltered, this);
        _origin = originMicroseconds;
    }

    public int[] ActionUnits { get; }

    public EventSmoother Smoother { get; }

    /// <summary>All messages so far.</summary>
    public List<ActionUnitEvent> Events => _earlier.Count == 0 ? _events : [.. _earlier, .. _events];

    public string Next() => $"e{++_ids:D4}";

    /// <summary>One frame with one visible face, number 1.</summary>
    public EventScenario Face(double milliseconds, params float[] intensities) => Frame(milliseconds, (1, FaceState.Tracked, intensities));

    /// <summary>One frame with one face that has no measurements.</summary>
    public EventScenario Unseen(double milliseconds, FaceState state) => Frame(milliseconds, (1, state, null));

    /// <summary>One frame.</summary>
    public EventScenario Frame(double milliseconds, params (long Face, FaceState State, float[]? Intensities)[] faces)
    {
        using FrameFaces frame = Rent(milliseconds, null);
        foreach ((long id, FaceState state, float[]? intensities) in faces)
        {
            FaceObservation face = frame.AddFace();
            face.FaceId = id;
            face.State = state;
            if (intensities is not null)
            {
                face.EnsureActionUnits(intensities.Length);
                intensities.CopyTo(face.Intensities, 0);
                face.HasActionUnits = true;
            }
        }

        Smoother.Process(frame, _events);
        return this;
    }

    /// <summary>Frames of one face along a curve over milliseconds.</summary>
    public EventScenario Curve(IEnumerable<double> times, Func<double, double> intensity)
    {
        foreach (double time in times)
        {
            Face(time, (float)intensity(time));
        }

        return this;
    }

    public EventScenario Complete(double milliseconds, EventEndReason reason = EventEndReason.StreamEnded)
    {
        Smoother.Complete(Microseconds(milliseconds), reason, _events);
        return this;
    }

    /// <summary>The messages so far were fetched; the smoother's list begins anew.</summary>
    public void NextChunk()
    {
        _earlier.AddRange(_events);
        _events.Clear();
    }

    public FrameFaces Rent(double milliseconds, string? fileName)
    {
        VideoFrame frame = _frames.Rent(1, 1, YuvColor.Bt601Full);
        frame.Envelope = new Envelope(StreamId, 0, Microseconds(milliseconds), default, 0);
        frame.FileName = fileName;
        return _faces.Rent(frame);
    }

    /// <summary>Every <paramref name="step"/> ms, both ends included.</summary>
    public static IEnumerable<double> Every(double step, double from, double to)
    {
        for (int i = 0; from + (i * step) <= to + 1e-9; i++)
        {
            yield return from + (i * step);
        }
    }

    private long Microseconds(double milliseconds) => _origin + (long)Math.Round(milliseconds * 1000);
}
