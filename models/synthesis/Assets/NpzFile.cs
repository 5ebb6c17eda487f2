using System.IO.Compression;

namespace AuStream.Synthesis.Assets;

/// <summary>A NumPy .npz archive: named arrays in a zip. Not thread-safe.</summary>
public sealed class NpzFile : IDisposable
{
    private readonly ZipArchive _archive;
    private readonly string _path;

    private NpzFile(ZipArchive archive, string path)
    {
        _archive = archive;
        _path = path;
    }

    /// <summary>Opens an archive.</summary>
    /// <exception cref="SynthesisAssetException">Missing, or not a zip.</exception>
    public static NpzFile Open(string path)
    {
        try
        {
            return new NpzFile(ZipFile.OpenRead(path), path);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw SynthesisAssetException.For(path, "cannot be opened as a NumPy archive (" + e.Message + ")", "Give the path of an .npz file, or none", e);
        }
    }

    /// <summary>Reads one array.</summary>
    /// <exception cref="SynthesisAssetException">The array is missing or damaged.</exception>
    public NpyArray Read(string name)
    {
        ZipArchiveEntry entry = _archive.GetEntry(name + ".npy")
            ?? throw SynthesisAssetException.For(_path, $"has no array \"{name}\"", "Use an archive made for this program");
        try
        {
            using Stream stream = entry.Open();
            return NpyArray.Read(stream, name);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or OverflowException)
        {
            throw SynthesisAssetException.For(_path, e.Message, "Fetch the archive again", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _archive.Dispose();
}
