namespace AuStream.Models.Importing;

/// <summary>A third-party package or file that cannot be converted. The message names the file and the remedy.</summary>
public sealed class ModelImportException : Exception
{
    /// <summary>Unspecified failure.</summary>
    public ModelImportException()
        : this("The model cannot be imported.")
    {
    }

    /// <param name="message">What is wrong with which file, and the remedy.</param>
    public ModelImportException(string message)
        : base(message)
    {
    }

    /// <param name="message">What is wrong with which file, and the remedy.</param>
    /// <param name="innerException">The cause.</param>
    public ModelImportException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
