namespace AuStream.Models.Sessions;

/// <summary>A model file that is damaged, foreign, or not what its manifest says. The message names the file and the remedy.</summary>
public sealed class ModelLoadException : Exception
{
    /// <summary>Unspecified failure.</summary>
    public ModelLoadException()
        : this("The model cannot be loaded.")
    {
    }

    /// <param name="message">What is wrong with which file, and the remedy.</param>
    public ModelLoadException(string message)
        : base(message)
    {
    }

    /// <param name="message">What is wrong with which file, and the remedy.</param>
    /// <param name="innerException">The cause.</param>
    public ModelLoadException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
