using System.Diagnostics;
using AuStream.EndToEnd.Tests.Programs;
using AuStream.Testing;

namespace AuStream.EndToEnd.Tests.Containers;

/// <summary>Runs the repository's scripts in its top folder.</summary>
internal static class ShellCommand
{
    /// <summary>The checkout's scripts and its launcher, as paths relative to the checkout.</summary>
    public static IEnumerable<string> Scripts { get; } =
    [
        "austream",
        .. Directory.EnumerateFiles(PathOf("eng"), "*.sh", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(SharedMedia.RepositoryRoot, path)),
    ];

    public static string PathOf(string relative) => Path.Combine(SharedMedia.RepositoryRoot, relative);

    public static Task<ProgramResult> RunAsync(string program, params string[] arguments) => RunAsync(CreateStart(program, arguments));

    public static Task<ProgramResult> RunAsync(ProcessStartInfo start) => AuStreamProgram.RunAsync(start);

    public static ProcessStartInfo CreateStart(string program, params string[] arguments) => new(program, arguments)
    {
        WorkingDirectory = SharedMedia.RepositoryRoot,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        RedirectStandardInput = true,
    };
}
