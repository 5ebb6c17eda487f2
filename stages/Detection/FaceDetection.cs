using AuStream.Stages.Faces;

namespace AuStream.Stages.Detection;

/// <summary>A face that a detector found.</summary>
/// <param name="Box">From the brows to the chin, in pixels of the frame.</param>
/// <param name="Score">Confidence, 0–1.</param>
/// <param name="Keypoints">Six points.</param>
public readonly record struct FaceDetection(PixelBox Box, float Score, FaceKeypoints Keypoints);
