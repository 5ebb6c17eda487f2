using System.Numerics;

namespace AuStream.Synthesis.Samples;

/// <summary>What is known about one person in one frame.</summary>
/// <param name="Intensities">Intensity 0–5 per action unit.</param>
/// <param name="Box">Box around the 68 points in pixels; may lie outside the picture.</param>
/// <param name="Pose">Yaw, pitch, roll in degrees.</param>
/// <param name="Gaze">Gaze relative to the head in degrees.</param>
/// <param name="IsInPicture">True when the middle of the face lies within the picture.</param>
public sealed record ActorTruth(float[] Intensities, FaceBox Box, Vector3 Pose, Vector2 Gaze, bool IsInPicture);
