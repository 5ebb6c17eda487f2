namespace AuStream.Stages.Recording;

/// <summary>A file of rows that holds whole rows only, also when the disk is full or the program is killed between two writes.</summary>
/// <remarks>
/// What was written is with the operating system and survives the end of the process. After the first error every further write
/// fails with the same error. Not thread-safe.
/// </remarks>
internal sealed class RowFile : IDisposable
{
    private readonly FileStream _file;
    private ResultFileException? _error;
    private long _bytesWritten;

    /// <summary>Creates the file, or empties the one that is there.</summary>
    /// <exception cref="ResultFileException">It cannot be created.</exception>
    public RowFile(string path, char delimiter)
    {
        Path = path;
        Rows = new RowBuffer(delimiter);
        try
        {
            _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        }
        catch (Exception e) when (ResultFileException.IsFileError(e))
        {
            throw ResultFileException.For(path, e);
        }
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Bytes handed to the operating system so far. May be read from any thread.</summary>
    public long BytesWritten => Interlocked.Read(ref _bytesWritten);

    /// <summary>Rows that are not written yet.</summary>
    public RowBuffer Rows { get; }

    /// <summary>Hands the whole rows to the operating system.</summary>
    /// <exception cref="ResultFileException">The disk is full or gone; the file keeps the rows written before.</exception>
    public void Write()
    {
        ThrowIfFailed();
        if (Rows.WholeLength == 0)
        {
            return;
        }

        long wholeLength = _file.CanSeek ? _file.Position : 0;
        try
        {
            _file.Write(Rows.WholeRows);
            Interlocked.Add(ref _bytesWritten, Rows.WholeLength);
            Rows.Clear();
        }
        catch (Exception e) when (ResultFileException.IsFileError(e))
        {
            CutTo(wholeLength);
            _error = ResultFileException.For(Path, e);
            throw _error;
        }
    }

    /// <summary>Writes the rest, waits until the disk has it, and closes the file.</summary>
    /// <exception cref="ResultFileException">The disk is full or gone.</exception>
    public void Complete()
    {
        Write();
        try
        {
            _file.Flush(flushToDisk: true);
            _file.Dispose();
        }
        catch (Exception e) when (ResultFileException.IsFileError(e))
        {
            _error = ResultFileException.For(Path, e);
            throw _error;
        }
    }

    /// <summary>Writes what can still be written and closes the file.</summary>
    public void Dispose()
    {
        if (_error is null && _file.CanWrite)
        {
            try
            {
                Write();
            }
            catch (ResultFileException)
            {
                // Whoever disposes without completing has given up on the rest.
            }
        }

        _file.Dispose();
    }

    private void ThrowIfFailed()
    {
        if (_error is not null)
        {
            throw new ResultFileException(_error.Message, _error);
        }
    }

    private void CutTo(long length)
    {
        if (!_file.CanSeek)
        {
            return;
        }

        try
        {
            _file.SetLength(length);
        }
        catch (Exception e) when (ResultFileException.IsFileError(e))
        {
            // The disk is gone altogether: the first error says so.
        }
    }
}
