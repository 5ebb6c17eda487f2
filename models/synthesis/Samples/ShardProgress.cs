namespace AuStream.Synthesis.Samples;

/// <summary>How far a run is.</summary>
/// <param name="ShardsDone">Shards that lie finished on disk.</param>
/// <param name="Shards">Shards in all.</param>
/// <param name="SamplesMade">Pictures made by this run.</param>
/// <param name="SamplesFound">Of these, pictures in which the cropper found the face.</param>
public readonly record struct ShardProgress(int ShardsDone, int Shards, long SamplesMade, long SamplesFound);
