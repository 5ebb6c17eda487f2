using AuStream.Stages.Frames;

namespace AuStream.Stages.Landmarks;

/// <summary>Finds the dense landmarks of faces whose place is roughly known.</summary>
public interface IFaceLandmarker
{
    /// <summary>Fills one mesh per region; <see cref="FaceMesh.Confidence"/> says whether there is a face at all.</summary>
    void Locate(VideoFrame frame, ReadOnlySpan<FaceRegion> regions, ReadOnlySpan<FaceMesh> meshes);
}
