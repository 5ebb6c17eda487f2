namespace AuStream.Stages.Decoding.Ffmpeg;

/// <summary>How a child is started so that it neither outlives this process nor hears its Ctrl-C.</summary>
internal static class ChildProcessGuard
{
    private static readonly string[] _toolFolders = ["/usr/bin", "/bin"];
    private static readonly string[] _prefix = FindPrefix();

    /// <summary>Command and arguments that go before the child's own. Empty where util-linux, part of every Debian, is missing: there the child ends when it next writes to its closed pipe.</summary>
    /// <remarks>
    /// <c>setpriv --pdeathsig</c> lets the kernel kill the child when the thread that started it ends; so that thread has to
    /// live as long as the child. <c>setsid</c> takes it out of the terminal's process group: Ctrl-C then reaches only this
    /// process, which finishes what is in flight before it ends its children. Both replace themselves by the child.
    /// </remarks>
    public static IReadOnlyList<string> Prefix => _prefix;

    /// <summary>True when the child leads a process group of its own.</summary>
    public static bool MakesGroup { get; } = Find("setsid") is not null;

    private static string[] FindPrefix()
    {
        string? setpriv = Find("setpriv");
        string? setsid = Find("setsid");
        string[] die = setpriv is null ? [] : [setpriv, "--pdeathsig", "KILL"];
        string[] detach = setsid is null ? [] : [setsid];
        return [.. die, .. detach];
    }

    private static string? Find(string name) =>
        _toolFolders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
