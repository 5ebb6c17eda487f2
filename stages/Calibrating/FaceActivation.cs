namespace AuStream.Stages.Calibrating;

/// <summary>How far a face is from rest.</summary>
/// <param name="Mean">Mean over action units of intensity ÷ presence threshold; 0 is at rest.</param>
/// <param name="IsPresent">True when an action unit is present.</param>
internal readonly record struct FaceActivation(float Mean, bool IsPresent);
