namespace AuStream.Pipeline.Evaluating.Measuring;

/// <summary>What became of a labelled frame.</summary>
internal enum RowState
{
    /// <summary>The video ended before it, or its picture cannot be read.</summary>
    NotRead,

    /// <summary>It was read, and no face could be measured in it.</summary>
    NoFace,

    /// <summary>A face was measured.</summary>
    Measured,
}
