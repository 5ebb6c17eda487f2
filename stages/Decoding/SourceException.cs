namespace AuStream.Stages.Decoding;

/// <summary>A source that cannot be opened or that broke off. The message names the source and the remedy, without passwords.</summary>
public sealed class SourceException : Exception
{
    /// <inheritdoc cref="SourceException(string, bool, Exception?)"/>
    public SourceException(string message)
        : this(message, isTransient: false)
    {
    }

    /// <inheritdoc cref="SourceException(string, bool, Exception?)"/>
    public SourceException(string message, Exception innerException)
        : this(message, isTransient: false, innerException)
    {
    }

    /// <inheritdoc cref="SourceException(string, bool, Exception?)"/>
    public SourceException()
        : this("The source failed.")
    {
    }

    /// <param name="message">What happened to which source, and the remedy.</param>
    /// <param name="isTransient">True when trying again may help (a camera that is away); false when it cannot (not a video).</param>
    /// <param name="innerException">The cause, where there is one.</param>
    public SourceException(string message, bool isTransient, Exception? innerException = null)
        : base(message, innerException)
    {
        IsTransient = isTransient;
    }

    /// <param name="fault">What is wrong.</param>
    /// <param name="message">What happened to which source, and the remedy.</param>
    /// <param name="isTransient">True when trying again may help.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    public SourceException(SourceFault fault, string message, bool isTransient = false, Exception? innerException = null)
        : this(message, isTransient, innerException)
    {
        Fault = fault;
    }

    /// <summary>What is wrong.</summary>
    public SourceFault Fault { get; }

    /// <summary>True when trying again may help.</summary>
    public bool IsTransient { get; }
}
