namespace AuStream.Pipeline.Commands;

/// <summary>Arguments that cannot be used; the message says which and what to give instead.</summary>
public sealed class UsageException : Exception
{
    /// <inheritdoc/>
    public UsageException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public UsageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public UsageException()
    {
    }
}
