namespace AuStream.Stages.Faces;

/// <summary>Rotation of the head in degrees, as the camera sees it: (0, 0, 0) looks straight into the camera.</summary>
/// <param name="Yaw">Positive when the face turns to the image's right.</param>
/// <param name="Pitch">Positive when the face looks up.</param>
/// <param name="Roll">Positive when the head tilts clockwise in the image.</param>
public readonly record struct HeadPose(float Yaw, float Pitch, float Roll);
