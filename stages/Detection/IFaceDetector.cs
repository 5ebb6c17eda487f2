using AuStream.Stages.Frames;

namespace AuStream.Stages.Detection;

/// <summary>Finds faces in a frame without knowledge of earlier frames.</summary>
public interface IFaceDetector
{
    /// <summary>Clears the list and fills it with the faces found, best first, at most one per face.</summary>
    void Detect(VideoFrame frame, List<FaceDetection> faces);
}
