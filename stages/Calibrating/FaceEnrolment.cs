namespace AuStream.Stages.Calibrating;

/// <summary>What became of the enrolment of one face.</summary>
/// <param name="FaceId">The face within the stream.</param>
/// <param name="Succeeded">True when its results are relative to the enrolled neutral face from now on.</param>
/// <param name="Reason">Why it failed, or what went wrong beside it (not stored), for people; null when all went well.</param>
public sealed record FaceEnrolment(long FaceId, bool Succeeded, string? Reason);
