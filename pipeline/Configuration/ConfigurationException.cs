namespace AuStream.Pipeline.Configuration;

/// <summary>A configuration that cannot be used; the message names file, key and remedy.</summary>
public sealed class ConfigurationException : Exception
{
    /// <inheritdoc/>
    public ConfigurationException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public ConfigurationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public ConfigurationException()
    {
    }
}
