namespace AuStream.Stages.Recording;

/// <summary>A result file cannot be written. The message names the file and the remedy.</summary>
public sealed class ResultFileException : IOException
{
    private const int NoSpaceLeft = 28;
    private const int QuotaExceeded = 122;

    /// <inheritdoc cref="IOException()"/>
    public ResultFileException()
    {
    }

    /// <inheritdoc cref="IOException(string)"/>
    public ResultFileException(string message)
        : base(message)
    {
    }

    /// <inheritdoc cref="IOException(string, Exception)"/>
    public ResultFileException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>True for the errors that a file or folder can give.</summary>
    internal static bool IsFileError(Exception exception) =>
        exception is (IOException or UnauthorizedAccessException) and not ResultFileException;

    /// <summary>Says which file, why, and what to do.</summary>
    internal static ResultFileException For(string path, Exception cause)
    {
        // On Unix the result of an I/O error is its errno.
        string remedy = cause switch
        {
            UnauthorizedAccessException => "Choose a folder that this user may write, or change its permissions.",
            IOException { HResult: NoSpaceLeft or QuotaExceeded } => "The disk is full: free space, or choose a folder on another disk.",
            _ => "Check the folder and its disk, or choose another folder.",
        };
        return new ResultFileException($"Cannot write '{path}': {cause.Message.TrimEnd('.')}. {remedy}", cause);
    }
}
