using System.Numerics;
using AuStream.Stages.Faces;

namespace AuStream.Pipeline.Evaluating.Datasets;

/// <summary>A video, a folder of pictures or a shard with its labels: what is measured, and kept, in one go.</summary>
internal sealed record LabeledItem
{
    /// <summary>Value in <see cref="Presence"/> for "not labelled".</summary>
    public const sbyte Unlabeled = -1;

    /// <summary>Unique in its dataset, e.g. <c>F001/T1</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What the frames are.</summary>
    public required MediaKind Kind { get; init; }

    /// <summary>The video file, the shard's folder, or the folder that the pictures lie in.</summary>
    public required string Source { get; init; }

    /// <summary>Path of the picture per row; empty for a video and for a shard.</summary>
    public string[] Pictures { get; init; } = [];

    /// <summary>Per row the frame's number, rising: from 0 in a video and in a shard; of pictures, their number in the video they come from.</summary>
    public required int[] Frames { get; init; }

    /// <summary>Who is seen, per row.</summary>
    public required string[] Subjects { get; init; }

    /// <summary>True when frames whose numbers follow each other follow each other in time.</summary>
    public bool IsSequence { get; init; }

    /// <summary>[rows, action units of the set]: 1 present, 0 absent, <see cref="Unlabeled"/>.</summary>
    public required sbyte[] Presence { get; init; }

    /// <summary>[rows, action units of the set]: 0–5, NaN where not labelled; null where the data have no intensity.</summary>
    public float[]? Intensities { get; init; }

    /// <summary>Labelled head pose per row; null where there is none.</summary>
    public HeadPose[]? Poses { get; init; }

    /// <summary>Per row where the same person's neutral face is seen: path of a picture, or row of the shard; empty where it is not known. Null where
    /// the data have none.</summary>
    public string[]? References { get; init; }

    /// <summary>Per row a point inside the face that is meant, in pixels; null where the largest face is. Null where the data have none.</summary>
    public Vector2?[]? Places { get; init; }

    /// <summary>Name of the view in data that show the same from several sides; results are listed per view too.</summary>
    public string? View { get; init; }

    /// <summary>Number of rows.</summary>
    public int Count => Frames.Length;
}
