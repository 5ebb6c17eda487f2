namespace AuStream.Pipeline.Evaluating.Datasets;

/// <summary>Data that cannot be evaluated: a folder without what its layout has, or a file that says what it may not say. The message
/// names the file, the line where there is one, and the remedy.</summary>
public sealed class DatasetException : Exception
{
    /// <inheritdoc/>
    public DatasetException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public DatasetException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public DatasetException()
    {
    }

    /// <summary>A fault in one line of a text file.</summary>
    public static DatasetException At(string path, int line, string fault) => new($"{path}, line {line}: {fault}");
}
