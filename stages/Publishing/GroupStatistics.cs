namespace AuStream.Stages.Publishing;

/// <summary>What a group of faces did in an interval, without anything about one of them.</summary>
/// <param name="FromMicroseconds">PTS of the first frame that counts.</param>
/// <param name="ToMicroseconds">PTS of the last frame that counts.</param>
/// <param name="Frames">Frames that count: those with at least the smallest group.</param>
/// <param name="MinimumGroup">The smallest group.</param>
/// <param name="FacesMean">Mean number of measured faces in these frames.</param>
/// <param name="FacesLeast">Fewest.</param>
/// <param name="FacesMost">Most.</param>
/// <param name="ActionUnits">Each action unit: its share (0–1) of the measurements in which it was present, and its mean intensity (0–5).</param>
public sealed record GroupStatistics(
    long FromMicroseconds,
    long ToMicroseconds,
    long Frames,
    int MinimumGroup,
    double FacesMean,
    int FacesLeast,
    int FacesMost,
    IReadOnlyList<(int ActionUnit, double Share, double MeanIntensity)> ActionUnits);
