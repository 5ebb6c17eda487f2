using AuStream.Stages.Decoding.Pictures;

namespace AuStream.Stages.Decoding;

/// <summary>The first bytes of a file, and the errors that reading them shows better than a decoder would.</summary>
internal static class FileStart
{
    /// <summary>Reads the first bytes.</summary>
    /// <exception cref="SourceException">The file is missing, empty or may not be read.</exception>
    public static byte[] Read(string path, string display)
    {
        try
        {
            // Asked first, because opening a named pipe would block. Pipes and devices have no length.
            if (new FileInfo(path).Length == 0)
            {
                throw new SourceException(SourceFault.NotAVideo, $"{display} is empty (0 bytes), or no plain file. Copy or record it again.");
            }

            using FileStream file = File.OpenRead(path);
            byte[] start = new byte[PictureFormat.SignatureBytes];
            int length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            return start[..length];
        }
        catch (UnauthorizedAccessException error)
        {
            throw new SourceException(SourceFault.AccessDenied, $"{display} may not be read by this user. Change its permissions (chmod a+r), or run as its owner.", isTransient: false, error);
        }
        catch (FileNotFoundException error)
        {
            throw new SourceException(SourceFault.NotFound, $"{display} does not exist any more.", isTransient: false, error);
        }
        catch (IOException error)
        {
            throw new SourceException(SourceFault.Other, $"{display} cannot be read: {error.Message}", isTransient: false, error);
        }
    }
}
