using System.Text.Json;

namespace AuStream.Synthesis.Samples;

/// <summary>Folders of shards: how they are called, and how they appear only when they are whole.</summary>
internal static class ShardFolder
{
    private const string UnfinishedSuffix = ".unfinished";

    /// <summary>Path of a shard.</summary>
    public static string PathOf(string folder, DataSplit split, int number) => Path.Combine(folder, $"{Name(split)}-{number:D5}");

    /// <summary>A split's name in paths and descriptions.</summary>
    public static string Name(DataSplit split) => split switch
    {
        DataSplit.Train => "train",
        DataSplit.Validation => "validation",
        _ => "test",
    };

    /// <summary>Makes the folder of all shards and removes what a stopped run left in it.</summary>
    public static void Prepare(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (string unfinished in Directory.GetDirectories(folder, "*" + UnfinishedSuffix))
        {
            Directory.Delete(unfinished, recursive: true);
        }
    }

    /// <summary>Writes a shard aside and moves it into place.</summary>
    /// <param name="target">Path of the shard.</param>
    /// <param name="description">What <c>shard.json</c> says.</param>
    /// <param name="writeArrays">Writes the arrays into the folder it is given.</param>
    public static void Write<T>(string target, T description, Action<string> writeArrays)
    {
        string unfinished = target + UnfinishedSuffix;
        Directory.CreateDirectory(unfinished);
        writeArrays(unfinished);
        File.WriteAllText(Path.Combine(unfinished, "shard.json"), JsonSerializer.Serialize(description, ShardWriter.Json) + "\n");
        if (Directory.Exists(target))
        {
            Directory.Delete(target, recursive: true);
        }

        Directory.Move(unfinished, target);
    }
}
