using AuStream.Stages.ActionUnits;
using AuStream.Stages.Faces;

namespace AuStream.Stages.Events;

/// <summary>
/// Turns the action units of a stream's frames into events with onset, apex and offset: per face and action unit a low-pass filter,
/// hysteresis, bridging of gaps and a minimum duration. Every start is followed by exactly one end, whatever happens.
/// </summary>
/// <remarks>
/// <para>This is plain hysteresis on each action unit by itself: it knows nothing of the person's neutral face, of the other action
/// units, or of what usually follows what. It makes scores readable, not better.</para>
/// <para>Frames keep their own unfiltered scores; only events are smoothed. Onset and offset are where the unfiltered intensity,
/// taken as linear between measurements, crosses the threshold (onset: the model's threshold; offset: threshold ·
/// <see cref="EventSmootherOptions.OffFraction"/>). Peak, apex and mean are of the unfiltered intensity, so a single noisy frame can
/// be a peak; the mean covers occlusions within the patience by interpolation.</para>
/// <para>With <see cref="EventSmootherOptions.LookAhead"/> frames wait in here until the stream is that far ahead, and decisions are taken on a
/// filter that looks both ways; messages then carry the PTS of the frame that waited. Everything else is the same.</para>
/// <para>Messages of one call are in the order of the faces, then of the action units; their PTS never decreases. Delays:
/// <see cref="EventSmootherOptions"/>. One object per stream; not thread-safe. Allocates only the messages themselves.</para>
/// <para>Pictures (frames with a file name) have no course of time and make no events.</para>
/// </remarks>
public sealed class EventSmoother
{
    private readonly string _streamId;
    private readonly ActionUnitRule[] _rules;
    private readonly IEventIdSource _ids;
    private readonly FaceTrackTable _tracks;
    private readonly FrameWindow _window;
    private long _frame;

    /// <summary>A smoother for one stream.</summary>
    /// <param name="streamId">The stream's id.</param>
    /// <param name="actionUnits">FACS numbers, in the order of <see cref="FaceObservation.Intensities"/>.</param>
    /// <param name="thresholds">Presence threshold of each on the intensity, above 0, at most 5.</param>
    /// <param name="options">How to smooth.</param>
    /// <param name="ids">Where event ids come from.</param>
    /// <exception cref="ArgumentException">The lists differ in length, a threshold or an option is out of range.</exception>
    public EventSmoother(
        string streamId, IReadOnlyList<int> actionUnits, IReadOnlyList<float> thresholds, EventSmootherOptions options, IEventIdSource ids)
    {
        ArgumentException.ThrowIfNullOrEmpty(streamId);
        ArgumentNullException.ThrowIfNull(actionUnits);
        ArgumentNullException.ThrowIfNull(thresholds);
        ArgumentNullException.ThrowIfNull(ids);
        string[] faults = [.. EventSmootherOptionsValidator.Faults(options)];
        if (faults.Length > 0)
        {
            throw new ArgumentException(string.Join("; ", faults), nameof(options));
        }

        if (thresholds.Count != actionUnits.Count || !thresholds.All(threshold => threshold > 0 && threshold <= 5))
        {
            throw new ArgumentException($"{actionUnits.Count} action units need as many thresholds above 0 and at most 5.", nameof(thresholds));
        }

        _streamId = streamId;
        _ids = ids;

        // A model that scores blinks itself is believed.
        bool reportsBlinks = options.BlinkMaximumDuration > TimeSpan.Zero && !actionUnits.Contains(ActionUnitRule.Blink);
        _rules = [.. actionUnits.Select((actionUnit, index) =>
            new ActionUnitRule(actionUnit, thresholds[index], reportsBlinks && actionUnit == ActionUnitRule.EyesClosed, options))];
        _tracks = new FaceTrackTable(_rules);
        _window = new FrameWindow(
            _rules.Length, options.LookAhead, options.FilterTimeConstant.TotalMicroseconds, (long)options.OcclusionPatience.TotalMicroseconds);
    }

    /// <summary>Faces that are followed: seen within the patience.</summary>
    public int FaceCount => _tracks.Count;

    /// <summary>Takes the next frame and adds what was decided at it. A frame whose PTS is not after the last one's adds no measurement.</summary>
    /// <param name="faces">The frame's faces with their action units; only read during the call.</param>
    /// <param name="events">Receives the messages.</param>
    /// <exception cref="ArgumentException">The frame is another stream's, or its action units are another model's.</exception>
    public void Process(FrameFaces faces, List<ActionUnitEvent> events)
    {
        ArgumentNullException.ThrowIfNull(faces);
        ArgumentNullException.ThrowIfNull(events);
        if (faces.Envelope.StreamId != _streamId)
        {
            throw new ArgumentException($"This smoother follows stream '{_streamId}', the frame is of '{faces.Envelope.StreamId}'.", nameof(faces));
        }

        if (faces.FileName is not null)
        {
            return;
        }

        _window.Add(faces);
        TakeFrames(events);
    }

    private void TakeFrames(List<ActionUnitEvent> events)
    {
        while (_window.TryTake(out MeasuredFrame frame))
        {
            Take(frame, events);
            _window.Recycle(frame);
        }

        _window.IsReleasing = false;
    }

    private void Take(MeasuredFrame frame, List<ActionUnitEvent> events)
    {
        _frame++;
        long pts = frame.Pts;
        for (int i = 0; i < frame.Count; i++)
        {
            MeasuredFace face = frame[i];
            if (face.IsLost)
            {
                if (_tracks.Find(face.FaceId) is FaceTrack lost)
                {
                    Close(lost, pts, EventEndReason.FaceLost, events);
                    _tracks.Remove(lost);
                }
            }
            else if (face.IsMeasured)
            {
                Measure(face, pts, events);
            }
        }

        LetGoOfStaleFaces(pts, events);
    }

    /// <summary>Ends all events, because the stream ended or was interrupted, and forgets all faces. The next frame starts afresh.</summary>
    /// <param name="ptsMicroseconds">PTS of the last frame.</param>
    /// <param name="reason">What the messages say; an action unit that had gone away already says <see cref="EventEndReason.Offset"/>.</param>
    /// <param name="events">Receives the messages.</param>
    public void Complete(long ptsMicroseconds, EventEndReason reason, List<ActionUnitEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        if (reason == EventEndReason.None)
        {
            throw new ArgumentOutOfRangeException(nameof(reason), reason, "An end has a reason.");
        }

        _window.IsReleasing = true;
        TakeFrames(events);
        while (_tracks.Count > 0)
        {
            Close(_tracks[0], ptsMicroseconds, reason, events);
            _tracks.Remove(_tracks[0]);
        }
    }

    private void Measure(MeasuredFace face, long pts, List<ActionUnitEvent> events)
    {
        ReadOnlySpan<double> after = _window.After(face, pts);
        FaceTrack track = _tracks.GetOrAdd(face.FaceId);
        track.LastFrame = _frame;
        for (int i = 0; i < track.ActionUnits.Length; i++)
        {
            SegmentTracker actionUnit = track.ActionUnits[i];
            if (actionUnit.IsStale(pts))
            {
                Close(track, actionUnit, pts, EventEndReason.FaceLost, events);
                actionUnit.Reset();
            }

            float intensity = face.Intensities[i];
            if (float.IsFinite(intensity) && actionUnit.IsBefore(pts))
            {
                actionUnit.Measure(pts, intensity, track.Decay(actionUnit, pts), after.IsEmpty ? double.NaN : after[i]);
                Decide(track, actionUnit, pts, events);
            }
            else if (actionUnit.IsOver(pts))
            {
                Close(track, actionUnit, pts, EventEndReason.Offset, events);
            }
        }
    }

    private void Decide(FaceTrack track, SegmentTracker actionUnit, long pts, List<ActionUnitEvent> events)
    {
        actionUnit.Decide();
        if (actionUnit.IsOver(pts))
        {
            Close(track, actionUnit, pts, EventEndReason.Offset, events);
            actionUnit.Decide();
        }

        if (actionUnit.State == SegmentState.Idle)
        {
            return;
        }

        StartWhenLongEnough(track, actionUnit, pts, events);
        if (actionUnit.State == SegmentState.On && actionUnit.EventId is not null
            && pts - actionUnit.LastMessage >= actionUnit.Rule.UpdateInterval)
        {
            events.Add(Message(track, actionUnit, EventPhase.Update, pts, EventEndReason.None));
        }
    }

    private void StartWhenLongEnough(FaceTrack track, SegmentTracker actionUnit, long pts, List<ActionUnitEvent> events)
    {
        if (actionUnit.EventId is null && actionUnit.Segment.End - actionUnit.Segment.Start >= actionUnit.Rule.MinimumDuration)
        {
            actionUnit.EventId = _ids.Next();
            events.Add(Message(track, actionUnit, EventPhase.Start, pts, EventEndReason.None));
        }
    }

    private void Close(FaceTrack track, long pts, EventEndReason reason, List<ActionUnitEvent> events)
    {
        foreach (SegmentTracker actionUnit in track.ActionUnits)
        {
            Close(track, actionUnit, pts, reason, events);
        }
    }

    private void Close(FaceTrack track, SegmentTracker actionUnit, long pts, EventEndReason reason, List<ActionUnitEvent> events)
    {
        if (actionUnit.State == SegmentState.Idle)
        {
            return;
        }

        bool wentOff = actionUnit.State == SegmentState.Pending;
        if (wentOff)
        {
            reason = EventEndReason.Offset;
            StartWhenLongEnough(track, actionUnit, pts, events);
        }

        if (actionUnit.EventId is not null)
        {
            events.Add(Message(track, actionUnit, EventPhase.End, pts, reason));
        }
        else if (wentOff && IsBlink(actionUnit))
        {
            actionUnit.EventId = _ids.Next();
            events.Add(Message(track, actionUnit, EventPhase.Start, pts, EventEndReason.None) with { ActionUnit = ActionUnitRule.Blink });
            events.Add(Message(track, actionUnit, EventPhase.End, pts, reason) with { ActionUnit = ActionUnitRule.Blink });
        }

        actionUnit.EndSegment();
    }

    private static bool IsBlink(SegmentTracker actionUnit)
    {
        long duration = actionUnit.Segment.End - actionUnit.Segment.Start;
        return duration >= actionUnit.Rule.ShortestBlink && duration <= actionUnit.Rule.LongestBlink;
    }

    private ActionUnitEvent Message(FaceTrack track, SegmentTracker actionUnit, EventPhase phase, long pts, EventEndReason reason)
    {
        actionUnit.LastMessage = pts;
        ref readonly IntensityIntegral segment = ref actionUnit.Segment;
        return new ActionUnitEvent(
            actionUnit.EventId!,
            _streamId,
            track.FaceId,
            actionUnit.Rule.ActionUnit,
            phase,
            pts,
            segment.Start,
            segment.Apex,
            phase == EventPhase.End ? segment.End : null,
            (float)segment.Peak,
            (float)segment.Mean,
            reason);
    }

    // A face may also vanish without a record that says so, when the frame that had it was dropped.
    private void LetGoOfStaleFaces(long pts, List<ActionUnitEvent> events)
    {
        for (int i = 0; i < _tracks.Count; i++)
        {
            FaceTrack track = _tracks[i];
            if (track.LastFrame == _frame)
            {
                continue;
            }

            bool isStale = true;
            foreach (SegmentTracker actionUnit in track.ActionUnits)
            {
                if (actionUnit.IsOver(pts))
                {
                    Close(track, actionUnit, pts, EventEndReason.Offset, events);
                }
                else if (actionUnit.IsStale(pts))
                {
                    Close(track, actionUnit, pts, EventEndReason.FaceLost, events);
                    actionUnit.Reset();
                }

                isStale &= !actionUnit.HasMeasurement;
            }

            if (isStale)
            {
                _tracks.Remove(track);
                i--;
            }
        }
    }
}
