namespace AuStream.Stages.Commanding;

/// <summary>A command that was received and is well formed.</summary>
/// <param name="Id">The sender's name for it, 1–64 characters; the same id again is the same command.</param>
/// <param name="Name">What to do.</param>
/// <param name="Face">The face to enrol; null for all that are there (<see cref="StreamCommandName.EnrolNeutral"/>).</param>
/// <param name="ActionUnit">FACS number (<see cref="StreamCommandName.SetThreshold"/>).</param>
/// <param name="Threshold">Intensity, 0–5 (<see cref="StreamCommandName.SetThreshold"/>).</param>
public sealed record StreamCommand(string Id, StreamCommandName Name, long? Face = null, int ActionUnit = 0, float Threshold = 0);
