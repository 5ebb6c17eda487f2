using AuStream.Stages.Faces;

namespace AuStream.Stages.Recording;

/// <summary>
/// Head rotation in OpenFace's terms: radians about x (right in the image), y (down) and z (away from the camera) with
/// R = Rx · Ry · Rz. Positive Rx looks down, positive Ry turns to the image's left, positive Rz tilts clockwise in the image.
/// </summary>
internal readonly record struct OpenFacePose(double Rx, double Ry, double Rz)
{
    /// <summary>
    /// The same rotation: <see cref="HeadPose"/> is Ry(−yaw) · Rx(−pitch) · Rz(roll) on the same axes, so only the order of the
    /// factors changes. For a turn about one axis, Rx = −pitch, Ry = −yaw, Rz = roll.
    /// </summary>
    public static OpenFacePose From(in HeadPose pose)
    {
        (double sinYaw, double cosYaw) = Math.SinCos(double.DegreesToRadians(-pose.Yaw));
        (double sinPitch, double cosPitch) = Math.SinCos(double.DegreesToRadians(-pose.Pitch));
        (double sinRoll, double cosRoll) = Math.SinCos(double.DegreesToRadians(pose.Roll));
        double r00 = (cosYaw * cosRoll) + (sinYaw * sinPitch * sinRoll);
        double r01 = (sinYaw * sinPitch * cosRoll) - (cosYaw * sinRoll);
        double r02 = sinYaw * cosPitch;
        double r22 = cosYaw * cosPitch;
        return new OpenFacePose(Math.Atan2(sinPitch, r22), Math.Asin(Math.Clamp(r02, -1, 1)), Math.Atan2(-r01, r00));
    }
}
