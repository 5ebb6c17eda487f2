namespace AuStream.Stages.Publishing.Spooling;

/// <summary>Another program uses the same spool; the message names it and the remedy.</summary>
public sealed class SpoolInUseException : IOException
{
    /// <inheritdoc cref="IOException()"/>
    public SpoolInUseException()
    {
    }

    /// <inheritdoc cref="IOException(string)"/>
    public SpoolInUseException(string message)
        : base(message)
    {
    }

    /// <inheritdoc cref="IOException(string, Exception)"/>
    public SpoolInUseException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
