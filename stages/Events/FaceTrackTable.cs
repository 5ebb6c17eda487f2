namespace AuStream.Stages.Events;

/// <summary>The faces that are followed, in the order in which they came; recycles their state.</summary>
internal sealed class FaceTrackTable(ActionUnitRule[] rules)
{
    private readonly Dictionary<long, FaceTrack> _byFace = [];
    private readonly List<FaceTrack> _tracks = [];
    private readonly Stack<FaceTrack> _spare = new();

    public int Count => _tracks.Count;

    public FaceTrack this[int index] => _tracks[index];

    public FaceTrack? Find(long faceId) => _byFace.GetValueOrDefault(faceId);

    public FaceTrack GetOrAdd(long faceId)
    {
        if (!_byFace.TryGetValue(faceId, out FaceTrack? track))
        {
            track = _spare.TryPop(out FaceTrack? recycled) ? recycled : new FaceTrack(rules);
            track.FaceId = faceId;
            _byFace.Add(faceId, track);
            _tracks.Add(track);
        }

        return track;
    }

    public void Remove(FaceTrack track)
    {
        _byFace.Remove(track.FaceId);
        _tracks.Remove(track);
        track.Reset();
        _spare.Push(track);
    }
}
