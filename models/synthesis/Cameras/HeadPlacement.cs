using System.Numerics;

namespace AuStream.Synthesis.Cameras;

/// <summary>Where a head is before the camera and how it is turned.</summary>
/// <param name="Position">Position of the head's origin (between the eyes) in camera space, centimetres.</param>
/// <param name="Yaw">Degrees; positive when the face turns to the picture's right.</param>
/// <param name="Pitch">Degrees; positive when the face looks up.</param>
/// <param name="Roll">Degrees; positive when the head tilts clockwise in the picture.</param>
public readonly record struct HeadPlacement(Vector3 Position, float Yaw, float Pitch, float Roll)
{
    /// <summary>The point around which heads turn, in head space: the top of the neck, behind the eyes and below them.</summary>
    public static readonly Vector3 Pivot = new(0, -4, -9);

    /// <summary>Rotation and translation from head space to camera space.</summary>
    public Matrix4x4 ToCamera()
    {
        const float Radians = MathF.PI / 180;
        Matrix4x4 rotation = Matrix4x4.CreateRotationX(-Pitch * Radians)
            * Matrix4x4.CreateRotationY(Yaw * Radians)
            * Matrix4x4.CreateRotationZ(-Roll * Radians);
        return Matrix4x4.CreateTranslation(-Pivot) * rotation * Matrix4x4.CreateTranslation(Pivot + Position);
    }
}
