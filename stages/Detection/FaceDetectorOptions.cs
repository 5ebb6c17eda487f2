namespace AuStream.Stages.Detection;

/// <summary>How faces are searched for.</summary>
public sealed record FaceDetectorOptions
{
    /// <summary>Which network.</summary>
    public DetectorRange Range { get; init; } = DetectorRange.Full;

    /// <summary>Detections with a lower score are dropped, 0–1; null for the network's own threshold (0.5 short, 0.6 full range).</summary>
    public float? ScoreThreshold { get; init; }

    /// <summary>Detections that overlap by more than this (intersection over union, 0–1) are the same face and are averaged.</summary>
    public float OverlapThreshold { get; init; } = 0.3f;

    /// <summary>Whether big pictures are searched in overlapping tiles besides as a whole, so that small faces are found.</summary>
    public TilingMode Tiling { get; init; } = TilingMode.Auto;

    /// <summary>Smallest side of a tile in pixels, 192–4096. A tile is also never smaller than a third of the picture's longer side.</summary>
    public int SmallestTile { get; init; } = 640;

    /// <summary>Threshold in force.</summary>
    public float EffectiveScoreThreshold => ScoreThreshold ?? (Range == DetectorRange.Short ? 0.5f : 0.6f);

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message names it.</exception>
    public void Validate()
    {
        if (!Enum.IsDefined(Range) || !Enum.IsDefined(Tiling))
        {
            throw new ArgumentException($"Range {Range} or Tiling {Tiling} is not known.");
        }

        if (ScoreThreshold is { } score && !(score is >= 0 and <= 1))
        {
            throw new ArgumentException($"ScoreThreshold is {score}, it must be 0 to 1.");
        }

        if (!(OverlapThreshold is > 0 and <= 1))
        {
            throw new ArgumentException($"OverlapThreshold is {OverlapThreshold}, it must be above 0 and at most 1.");
        }

        if (SmallestTile is < 192 or > 4096)
        {
            throw new ArgumentException($"SmallestTile is {SmallestTile}, it must be 192 to 4096 pixels.");
        }
    }
}
