using AuStream.Stages.Faces;

namespace AuStream.Stages.Events;

/// <summary>What the smoother needs to know of one frame, which may wait for later ones. Pooled.</summary>
internal sealed class MeasuredFrame(int actionUnitCount)
{
    private readonly List<MeasuredFace> _faces = [];

    public long Pts { get; private set; }

    public int Count { get; private set; }

    public MeasuredFace this[int index] => _faces[index];

    public void Take(FrameFaces frame)
    {
        Pts = frame.Envelope.PtsMicroseconds;
        Count = 0;
        for (int i = 0; i < frame.Faces.Count; i++)
        {
            if (_faces.Count == i)
            {
                _faces.Add(new MeasuredFace(actionUnitCount));
            }

            _faces[i].Take(frame.Faces[i]);
            Count++;
        }
    }

    public MeasuredFace? Find(long faceId)
    {
        for (int i = 0; i < Count; i++)
        {
            if (_faces[i].FaceId == faceId)
            {
                return _faces[i];
            }
        }

        return null;
    }
}
