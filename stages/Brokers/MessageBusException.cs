namespace AuStream.Stages.Brokers;

/// <summary>A message bus or broker that cannot work as configured. The message names what is wrong and the remedy, without passwords.</summary>
public sealed class MessageBusException : Exception
{
    /// <inheritdoc cref="MessageBusException(string, Exception?)"/>
    public MessageBusException()
        : this("The message bus failed.")
    {
    }

    /// <inheritdoc cref="MessageBusException(string, Exception?)"/>
    public MessageBusException(string message)
        : this(message, null)
    {
    }

    /// <param name="message">What is wrong, and the remedy.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    public MessageBusException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
