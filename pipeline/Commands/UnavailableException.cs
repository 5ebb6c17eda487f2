namespace AuStream.Pipeline.Commands;

/// <summary>A program, a broker or a library that is needed is not there; the message says how to get it.</summary>
public sealed class UnavailableException : Exception
{
    /// <inheritdoc/>
    public UnavailableException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public UnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public UnavailableException()
    {
    }
}
