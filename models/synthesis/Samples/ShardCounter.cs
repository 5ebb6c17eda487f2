namespace AuStream.Synthesis.Samples;

/// <summary>Counts what a run has done. Thread-safe.</summary>
internal sealed class ShardCounter(int shards, Action<ShardProgress>? progress)
{
    private readonly Lock _lock = new();
    private int _shardsDone;
    private long _made;
    private long _found;

    public void Add(int made, int found)
    {
        lock (_lock)
        {
            _made += made;
            _found += found;
            progress?.Invoke(new ShardProgress(_shardsDone, shards, _made, _found));
        }
    }

    public void FinishShard()
    {
        lock (_lock)
        {
            _shardsDone++;
            progress?.Invoke(new ShardProgress(_shardsDone, shards, _made, _found));
        }
    }

    public static FoundFaces[] CountFound(SampleTable table)
    {
        var made = new int[4];
        var found = new int[4];
        for (int row = 0; row < table.Capacity; row++)
        {
            int kind = (table.Sources[row] * 2) + table.Occluded[row];
            made[kind]++;
            found[kind] += table.IsKept[row] ? 1 : 0;
        }

        return [.. Enumerable.Range(0, 4).Where(kind => made[kind] > 0).Select(kind => new FoundFaces(kind < 2 ? "ict" : "makehuman", kind % 2 == 1, made[kind], found[kind]))];
    }
}
