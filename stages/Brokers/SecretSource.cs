namespace AuStream.Stages.Brokers;

/// <summary>Where a password comes from: an environment variable, a file, or a secret store. It is read when it is needed and printed nowhere.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class SecretSource
{
    private readonly string? _environmentVariable;
    private readonly string? _path;
    private readonly string? _description;
    private readonly Func<string>? _read;

    private SecretSource(string? environmentVariable, string? path, string? description = null, Func<string>? read = null)
    {
        _environmentVariable = environmentVariable;
        _path = path;
        _description = description;
        _read = read;
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

    /// <summary>What something else gives when it is asked; it throws <see cref="MessageBusException"/> where it cannot.</summary>
    public static SecretSource FromProvider(string description, Func<string> read)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(description);
        ArgumentNullException.ThrowIfNull(read);
        return new SecretSource(null, null, description, read);
    }

    /// <summary>Reads the secret.</summary>
    /// <exception cref="MessageBusException">The variable is not set, or the file cannot be read; the message names it.</exception>
    public string Read()
    {
        if (_read is not null)
        {
            return _read();
        }

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
    public override string ToString() => _description ?? (_environmentVariable is not null ? $"environment variable {_environmentVariable}" : $"file {_path}");
}
