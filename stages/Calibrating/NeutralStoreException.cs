namespace AuStream.Stages.Calibrating;

/// <summary>A stored neutral face that cannot be read or written; the message names the file and the remedy.</summary>
public sealed class NeutralStoreException : Exception
{
    /// <summary>Unspecified failure.</summary>
    public NeutralStoreException()
        : this("The neutral face cannot be read or written.")
    {
    }

    /// <param name="message">What is wrong with which file, and the remedy.</param>
    public NeutralStoreException(string message)
        : base(message)
    {
    }

    /// <param name="message">What is wrong with which file, and the remedy.</param>
    /// <param name="innerException">The cause.</param>
    public NeutralStoreException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
