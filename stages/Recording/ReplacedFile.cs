namespace AuStream.Stages.Recording;

/// <summary>Files that are written anew as a whole: a reader, or a crash, finds the old content or the new one, never a part.</summary>
internal static class ReplacedFile
{
    /// <summary>Writes beside the file, waits until the disk has it, and renames.</summary>
    /// <exception cref="ResultFileException">The disk is full or gone; the old file is still there.</exception>
    public static void Write(string path, Action<Stream> write) => Write(path, waitsForDisk: true, write);

    /// <summary>The same; without waiting for the disk, the new content survives the end of the process, not that of the machine.</summary>
    /// <exception cref="ResultFileException">The disk is full or gone; the old file is still there.</exception>
    public static void Write(string path, bool waitsForDisk, Action<Stream> write)
    {
        string beside = path + ".new";
        try
        {
            using (FileStream file = new(beside, FileMode.Create, FileAccess.Write, FileShare.Read))
            {
                write(file);
                file.Flush(waitsForDisk);
            }

            File.Move(beside, path, overwrite: true);
        }
        catch (Exception e) when (ResultFileException.IsFileError(e))
        {
            Remove(beside);
            throw ResultFileException.For(path, e);
        }
    }

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (ResultFileException.IsFileError(e))
        {
            // What is left over is replaced by the next run; the first error says what is wrong.
        }
    }
}
