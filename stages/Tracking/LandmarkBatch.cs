using AuStream.Stages.Frames;
using AuStream.Stages.Landmarks;

namespace AuStream.Stages.Tracking;

/// <summary>Collects regions, runs the landmark network once on all of them, and leaves each answer in its track.</summary>
internal sealed class LandmarkBatch(IFaceLandmarker landmarker)
{
    private FaceRegion[] _regions = new FaceRegion[4];
    private FaceMesh[] _meshes = new FaceMesh[4];
    private FaceTrack[] _tracks = new FaceTrack[4];

    public int Count { get; private set; }

    public FaceTrack Track(int index) => _tracks[index];

    public void Clear() => Count = 0;

    public void Add(in FaceRegion region, FaceTrack track)
    {
        if (Count == _regions.Length)
        {
            Array.Resize(ref _regions, 2 * Count);
            Array.Resize(ref _meshes, 2 * Count);
            Array.Resize(ref _tracks, 2 * Count);
        }

        _regions[Count] = region;
        _meshes[Count] = track.Measured;
        _tracks[Count++] = track;
    }

    public void Run(VideoFrame frame)
    {
        if (Count == 0)
        {
            return;
        }

        landmarker.Locate(frame, _regions.AsSpan(0, Count), _meshes.AsSpan(0, Count));
        for (int i = 0; i < Count; i++)
        {
            _tracks[i].MeasuredBox = _meshes[i].Bounds();
        }
    }
}
