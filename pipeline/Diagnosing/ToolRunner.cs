using System.Diagnostics;

namespace AuStream.Pipeline.Diagnosing;

/// <summary>Runs a program that answers a question about itself and ends. Thread-safe.</summary>
public sealed class ToolRunner
{
    // Debian keeps daemons where an ordinary user's PATH does not reach.
    private static readonly string[] DaemonFolders = ["/usr/sbin", "/sbin"];

    private readonly TimeSpan _limit;
    private readonly string[] _folders;

    /// <summary>Creates a runner.</summary>
    /// <param name="limit">A program that takes longer is killed and counts as silent; 10 s by default.</param>
    /// <param name="searchPath">Folders separated by colons; by default the environment's PATH and the folders of daemons.</param>
    public ToolRunner(TimeSpan? limit = null, string? searchPath = null)
    {
        _limit = limit ?? TimeSpan.FromSeconds(10);
        string[] daemons = searchPath is null ? DaemonFolders : [];
        string path = searchPath ?? Environment.GetEnvironmentVariable("PATH") ?? "";
        _folders = [.. path.Split(':', StringSplitOptions.RemoveEmptyEntries), .. daemons];
    }

    /// <summary>The program's full path, or null where it is not installed.</summary>
    public string? Find(string program) =>
        _folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(IsExecutable);

    /// <summary>Runs it and returns what it said; null where it is not installed, cannot be started, or does not end in time.</summary>
    public async Task<ToolOutput?> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        if (Find(program) is not { } path)
        {
            return null;
        }

        ProcessStartInfo start = new(path, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using CancellationTokenSource limited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limited.CancelAfter(_limit);
        using Process process = new() { StartInfo = start };
        try
        {
            process.Start();
            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync(limited.Token);
            Task<string> errors = process.StandardError.ReadToEndAsync(limited.Token);
            await process.WaitForExitAsync(limited.Token);
            await errors;
            return new ToolOutput(process.ExitCode, await output);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            return null;
        }
    }

    private static bool IsExecutable(string path) =>
        File.Exists(path)
        && (OperatingSystem.IsWindows()
            || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);
}
