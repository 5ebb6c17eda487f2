namespace AuStream.Synthesis.Assets;

/// <summary>An asset file is missing or not what it should be. The message names the file and the remedy.</summary>
public sealed class SynthesisAssetException : Exception
{
    /// <summary>Without details.</summary>
    public SynthesisAssetException()
    {
    }

    /// <summary>With a message.</summary>
    public SynthesisAssetException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and its cause.</summary>
    public SynthesisAssetException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Names the file, what is wrong and what to do.</summary>
    public static SynthesisAssetException For(string file, string problem, string remedy, Exception? cause = null) =>
        cause is null ? new($"{file}: {problem}. {remedy}") : new($"{file}: {problem}. {remedy}", cause);
}
