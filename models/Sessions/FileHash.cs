using System.Security.Cryptography;

namespace AuStream.Models.Sessions;

/// <summary>SHA-256 of files.</summary>
public static class FileHash
{
    /// <summary>Lower-case hexadecimal SHA-256 of a file's bytes.</summary>
    public static string Sha256(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    /// <summary>Compares a file with the hash that its manifest states.</summary>
    /// <exception cref="ModelLoadException">They differ.</exception>
    public static void Verify(string path, string expectedSha256)
    {
        ArgumentException.ThrowIfNullOrEmpty(expectedSha256);
        string actual = Sha256(path);
        if (!actual.Equals(expectedSha256, StringComparison.OrdinalIgnoreCase))
        {
            throw new ModelLoadException($"{path} has the SHA-256 {actual}, its manifest says {expectedSha256}: the file is damaged or from another version. Run 'austream models import' for face models, or restore the file.");
        }
    }
}
