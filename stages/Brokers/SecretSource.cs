namespace AuStream.Stages.Brokers;

/// <summary>Where a password comes from: an environment variable or a file. It is read when it is needed and printed nowhere.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class SecretSource
{
    private readonly string? _environmentVariable;
    private readonly string? _path;

    private SecretSource(string? environmentVariable, string? path)
    {
        _environmentVariable = environmentVariable;
        _path = path;
    }

    /// <summary>The value of an environment variable.</summary>
    public static SecretSource FromEnvironment(string variable)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(variable);
        return new SecretSource(variable, null);
    }

    /// <summary>The contents of a file, without the line end at its end.</summary>
    public static SecretSource FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new SecretSource(null, path);
    }

    /// <summary>Reads the secret.</summary>
    /// <exception cref="MessageBusException">The variable is not set, or the file cannot be read; the message names it.</exception>
    public string Read()
    {
        if (_environmentVariable is not null)
        {
            string? value = Environment.GetEnvironmentVariable(_environmentVariable);
            return string.IsNullOrEmpty(value)
                ? throw new MessageBusException($"The environment variable {_environmentVariable}, which should hold a secret, is not set.")
                : value;
        }

        try
        {
            return File.ReadAllText(_path!).TrimEnd('\r', '\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MessageBusException($"The secret in {_path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Where the secret comes from, never the secret.</summary>
    public override string ToString() => _environmentVariable is not null ? $"environment variable {_environmentVariable}" : $"file {_path}";
}
