using AuStream.Models.Evaluating;

namespace AuStream.Pipeline.Evaluating.Scoring;

/// <summary>The result on some of the frames: a fold, a view, a head pose, or all of them after they were made worse.</summary>
/// <param name="Name">Which.</param>
/// <param name="Frames">Frames that were read.</param>
/// <param name="FramesWithoutFace">Those of them in which no face was measured.</param>
/// <param name="Units">Per action unit that the model measures.</param>
/// <param name="Mean">Means over the action units.</param>
internal sealed record SliceResult(string Name, int Frames, int FramesWithoutFace, IReadOnlyList<UnitResult> Units, ActionUnitScores Mean);
