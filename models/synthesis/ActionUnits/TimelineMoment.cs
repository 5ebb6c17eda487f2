using System.Numerics;

namespace AuStream.Synthesis.ActionUnits;

/// <summary>A sequence at one moment.</summary>
/// <param name="Expression">What the face does.</param>
/// <param name="HeadRotation">Head pose in degrees: x yaw (positive to the person's left), y pitch (positive up), z roll (positive towards the person's left shoulder).</param>
/// <param name="HeadOffset">Movement of the head in centimetres: x to the person's left, y up, z towards the camera.</param>
public sealed record TimelineMoment(Expression Expression, Vector3 HeadRotation, Vector3 HeadOffset);
