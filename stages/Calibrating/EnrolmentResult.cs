namespace AuStream.Stages.Calibrating;

/// <summary>What became of a request to enrol.</summary>
/// <param name="Faces">Each face that the request was about.</param>
/// <param name="Failure">Why the request as a whole failed, for people; null when it did not.</param>
public sealed record EnrolmentResult(IReadOnlyList<FaceEnrolment> Faces, string? Failure)
{
    /// <summary>True when there was at least one face, and every one succeeded.</summary>
    public bool Succeeded => Failure is null && Faces.Count > 0 && Faces.All(face => face.Succeeded);

    internal static EnrolmentResult Failed(string reason) => new([], reason);
}
