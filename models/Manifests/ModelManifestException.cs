namespace AuStream.Models.Manifests;

/// <summary>A model cannot be used: its manifest, its network, or both contradict the contract. The message names file and field.</summary>
public sealed class ModelManifestException : Exception
{
    /// <summary>An exception about one file.</summary>
    /// <param name="file">The manifest or the network.</param>
    /// <param name="fault">What is wrong with it and what would be right, naming the field.</param>
    /// <param name="innerException">The cause, if any.</param>
    public ModelManifestException(string file, string fault, Exception? innerException = null)
        : base($"{file}: {fault}", innerException)
    {
        File = file;
    }

    /// <summary>The file at fault.</summary>
    public string File { get; }
}
