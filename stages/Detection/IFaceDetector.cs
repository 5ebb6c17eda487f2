using AuStream.Stages.Frames;

namespace AuStream.Stages.Detection;

/// <summary>Finds faces in a frame without knowledge of earlier frames.</summary>
public interface IFaceDetector
{
    /// <summary>Clears the list and fills it with the faces found, best first, at most one per face.</summary>
    /// <param name="frame">The picture.</param>
    /// <param name="isThorough">True to search big pictures in tiles too, as the options say; false for one quick look at the whole.</param>
    /// <param name="faces">Receives the faces.</param>
    void Detect(VideoFrame frame, bool isThorough, List<FaceDetection> faces);
}
