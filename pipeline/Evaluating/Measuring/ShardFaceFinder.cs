using AuStream.Pipeline.Graph;
using AuStream.Stages.Faces;
using AuStream.Stages.Landmarks;
using AuStream.Stages.Tracking;
using AuStream.Synthesis.Samples;

namespace AuStream.Pipeline.Evaluating.Measuring;

/// <summary>
/// Finds the face of a shard's crop. A crop is too tight for the detector, but the face's place is known: the landmark network looks there,
/// as it does in a video. So a frame that was made worse has worse landmarks too.
/// </summary>
internal sealed class ShardFaceFinder : IFaceFinder
{
    private readonly FaceModels _models;
    private readonly FaceLandmarker _landmarker;
    private readonly FaceMesh _known = new();
    private readonly FaceMesh _mesh = new();
    private readonly float[] _meshes;
    private readonly int _side;

    /// <param name="folder">The shard.</param>
    /// <param name="side">Side of its crops in pixels.</param>
    /// <param name="models">Has the landmark network.</param>
    /// <exception cref="InvalidDataException">The shard has no meshes.</exception>
    public ShardFaceFinder(string folder, int side, FaceModels models)
    {
        _meshes = ShardReader.ReadArray(folder, "mesh").ToSingles();
        _side = side;
        _models = models;
        _landmarker = new FaceLandmarker(models.Landmarks);
    }

    public void Process(FrameFaces faces)
    {
        float scale = (float)faces.Width / _side;
        ReadOnlySpan<float> known = _meshes.AsSpan((int)faces.Envelope.Sequence * _known.Points.Length, _known.Points.Length);
        for (int i = 0; i < known.Length; i++)
        {
            _known.Points[i] = known[i] * scale;
        }

        if (!_landmarker.Locate(faces.Frame, _known.Bounds(), _mesh))
        {
            return;
        }

        FaceObservation face = faces.AddFace();
        face.FaceId = faces.Envelope.Sequence + 1;
        face.State = FaceState.Appeared;
        face.Confidence = _mesh.Confidence;
        face.Box = _mesh.Bounds();
        face.InterOcularDistance = _mesh.InterOcularDistance();
        _mesh.Points.CopyTo(face.Landmarks, 0);
        face.Pose = _models.Pose.Estimate(face.Landmarks);
    }

    public void Dispose() => _landmarker.Dispose();
}
