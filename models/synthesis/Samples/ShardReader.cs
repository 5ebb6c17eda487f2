using System.Text.Json;
using AuStream.Synthesis.Assets;

namespace AuStream.Synthesis.Samples;

/// <summary>Reads one shard's description and arrays.</summary>
public static class ShardReader
{
    /// <summary>Reads <c>shard.json</c>.</summary>
    /// <exception cref="InvalidDataException">It is missing, broken, or of another format.</exception>
    public static ShardDescription ReadDescription(string folder)
    {
        string path = Path.Combine(folder, "shard.json");
        if (!File.Exists(path))
        {
            throw new InvalidDataException($"{path} is missing: the folder is no finished shard; write it again with `austream synth`");
        }

        try
        {
            ShardDescription description = JsonSerializer.Deserialize<ShardDescription>(File.ReadAllText(path), ShardWriter.Json)
                ?? throw new InvalidDataException($"{path} is empty; write the shard again with `austream synth`");
            return description.Schema == ShardDescription.CurrentSchema
                ? description
                : throw new InvalidDataException($"{path} has schema {description.Schema}, not {ShardDescription.CurrentSchema}; write the shard again with this version");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path} cannot be read ({error.Message}); write the shard again with `austream synth`", error);
        }
    }

    /// <summary>Reads one array, such as <c>intensity</c>; the shape's first number is the shard's count.</summary>
    /// <exception cref="InvalidDataException">The array is missing, broken, or has another number of rows than the shard.</exception>
    public static NpyArray ReadArray(string folder, string name)
    {
        string path = Path.Combine(folder, name + ".npy");
        if (!File.Exists(path))
        {
            throw new InvalidDataException($"{path} is missing; write the shard again with `austream synth`");
        }

        using FileStream file = File.OpenRead(path);
        NpyArray array = NpyArray.Read(file, path);
        int count = ReadDescription(folder).Count;
        return array.Shape[0] == count ? array : throw new InvalidDataException($"{path} has {array.Shape[0]} rows, shard.json says {count}; write the shard again");
    }
}
