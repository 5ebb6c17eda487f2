namespace AuStream.Stages.Sampling;

/// <summary>What a destination pixel gets whose source point lies outside the picture.</summary>
public enum SamplingBorder
{
    /// <summary>The nearest pixel of the picture's edge.</summary>
    Clamp,

    /// <summary>Black (R = G = B = 0, then normalised). A point inside the picture is never darkened by the border.</summary>
    Black,
}
