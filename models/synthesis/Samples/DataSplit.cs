namespace AuStream.Synthesis.Samples;

/// <summary>What a person's pictures are used for. All pictures of a person have the same use.</summary>
public enum DataSplit
{
    /// <summary>90 % of people.</summary>
    Train = 0,

    /// <summary>5 % of people.</summary>
    Validation = 1,

    /// <summary>5 % of people.</summary>
    Test = 2,
}
