namespace AuStream.Models.Sessions;

/// <summary>A model id that no model folder holds. The message says which ids exist and how to get the missing one.</summary>
public sealed class ModelNotFoundException : Exception
{
    /// <summary>Unspecified failure.</summary>
    public ModelNotFoundException()
        : this("The model was not found.")
    {
    }

    /// <param name="message">Which model is missing, where it was looked for, and the remedy.</param>
    public ModelNotFoundException(string message)
        : base(message)
    {
    }

    /// <param name="message">Which model is missing, where it was looked for, and the remedy.</param>
    /// <param name="innerException">The cause.</param>
    public ModelNotFoundException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
