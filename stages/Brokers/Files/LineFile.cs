using System.Buffers;

namespace AuStream.Stages.Brokers.Files;

/// <summary>A file of lines that is added to: holds whole lines only, also after a full disk.</summary>
/// <remarks>Not thread-safe. Writing throws what the file system throws; the file then ends with the last whole line.</remarks>
internal sealed class LineFile : IDisposable
{
    private readonly ArrayBufferWriter<byte> _waiting = new(64 * 1024);
    private FileStream? _file;

    public LineFile(string path) => Path = path;

    public string Path { get; }

    /// <summary>Bytes of lines that were added and not written.</summary>
    public int WaitingBytes => _waiting.WrittenCount;

    /// <summary>Adds a line to be written later.</summary>
    public void Add(ReadOnlySpan<byte> line)
    {
        line.CopyTo(_waiting.GetSpan(line.Length + 1));
        _waiting.GetSpan(line.Length + 1)[line.Length] = (byte)'\n';
        _waiting.Advance(line.Length + 1);
    }

    /// <summary>Writes what waits.</summary>
    public void Flush()
    {
        if (_waiting.WrittenCount > 0)
        {
            Write(_waiting.WrittenSpan);
            _waiting.ResetWrittenCount();
        }
    }

    /// <summary>Writes what waits and then a line.</summary>
    public void FlushWith(ReadOnlySpan<byte> line)
    {
        Flush();
        Add(line);
        try
        {
            Write(_waiting.WrittenSpan);
        }
        finally
        {
            // The line is the caller's again, also when it was not written.
            _waiting.ResetWrittenCount();
        }
    }

    /// <summary>Forgets what waits and closes the file.</summary>
    public void Close()
    {
        _waiting.ResetWrittenCount();
        _file?.Dispose();
        _file = null;
    }

    /// <summary>Writes what waits, waits until the disk has it, and closes the file.</summary>
    public void Complete()
    {
        Flush();
        _file?.Flush(flushToDisk: true);
        Close();
    }

    public void Dispose() => Close();

    private void Write(ReadOnlySpan<byte> lines)
    {
        FileStream file = Open();
        long length = file.Position;
        try
        {
            file.Write(lines);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            file.SetLength(length);
            throw;
        }
    }

    /// <summary>The file, opened anew where somebody moved or deleted it meanwhile. A last line that was cut by a crash gets its end.</summary>
    private FileStream Open()
    {
        if (_file is not null && File.Exists(Path))
        {
            return _file;
        }

        _file?.Dispose();
        _file = new FileStream(Path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        _file.Seek(0, SeekOrigin.End);
        if (_file.Length > 0)
        {
            _file.Seek(-1, SeekOrigin.End);
            if (_file.ReadByte() != '\n')
            {
                _file.WriteByte((byte)'\n');
            }
        }

        return _file;
    }
}
