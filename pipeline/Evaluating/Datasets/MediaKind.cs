namespace AuStream.Pipeline.Evaluating.Datasets;

/// <summary>What the frames of an item are.</summary>
internal enum MediaKind
{
    /// <summary>One video file; rows are some of its frames.</summary>
    Video,

    /// <summary>Picture files, one per row: frames of a video or unrelated pictures.</summary>
    Pictures,

    /// <summary>A shard of synthetic people; rows are rows of its arrays.</summary>
    Shard,
}
