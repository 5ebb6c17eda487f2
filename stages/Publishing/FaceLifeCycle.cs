using AuStream.Stages.Faces;

namespace AuStream.Stages.Publishing;

/// <summary>Turns the states of the faces in consecutive frames into events: each face appears once and is lost once.</summary>
/// <remarks>Holds the faces of one stream; not thread-safe. Allocates only when a face comes or goes.</remarks>
public sealed class FaceLifeCycle
{
    private readonly EventIdGenerator _ids;
    private readonly Dictionary<long, Presence> _present = [];
    private readonly List<FaceEvent> _events = [];
    private long _pts;

    /// <param name="ids">Makes the events' ids.</param>
    public FaceLifeCycle(EventIdGenerator ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        _ids = ids;
    }

    /// <summary>What happened in this frame; valid until the next call.</summary>
    public IReadOnlyList<FaceEvent> Observe(FrameFaces frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        _events.Clear();
        _pts = frame.Envelope.PtsMicroseconds;
        IReadOnlyList<FaceObservation> faces = frame.Faces;
        for (int i = 0; i < faces.Count; i++)
        {
            FaceObservation face = faces[i];
            bool known = _present.TryGetValue(face.FaceId, out Presence presence);
            if (face.IsVisible)
            {
                if (!known)
                {
                    presence = new Presence(_ids.Next(), _pts, _pts);
                    _events.Add(new FaceEvent(presence.EventId, face.FaceId, FaceEventPhase.Appeared, _pts, _pts, _pts, StreamEnded: false));
                }

                _present[face.FaceId] = presence with { LastSeen = _pts };
            }
            else if (known && face.State == FaceState.Lost)
            {
                _present.Remove(face.FaceId);
                _events.Add(Lost(face.FaceId, presence, streamEnded: false));
            }
        }

        return _events;
    }

    /// <summary>The stream ended: every face that is still there is lost.</summary>
    public IReadOnlyList<FaceEvent> Complete()
    {
        _events.Clear();
        foreach ((long faceId, Presence presence) in _present.OrderBy(entry => entry.Key))
        {
            _events.Add(Lost(faceId, presence, streamEnded: true));
        }

        _present.Clear();
        return _events;
    }

    private FaceEvent Lost(long faceId, Presence presence, bool streamEnded) =>
        new(presence.EventId, faceId, FaceEventPhase.Lost, _pts, presence.FirstSeen, presence.LastSeen, streamEnded);

    private readonly record struct Presence(string EventId, long FirstSeen, long LastSeen);
}
