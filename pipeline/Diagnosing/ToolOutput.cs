namespace AuStream.Pipeline.Diagnosing;

/// <summary>What a program said before it ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Text">Its standard output.</param>
public sealed record ToolOutput(int ExitCode, string Text)
{
    /// <summary>The first line, empty where there is none.</summary>
    public string FirstLine => Text.Split('\n', 2)[0].Trim();
}
