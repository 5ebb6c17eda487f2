using System.Diagnostics;
using System.Text;

namespace AuStream.EndToEnd.Tests.Programs;

/// <summary>The program while it runs; killed with the test, should it still be there.</summary>
internal sealed class RunningProgram : IDisposable
{
    private readonly StringBuilder _errors = new();

    private RunningProgram(Process process)
    {
        Process = process;
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        process.OutputDataReceived += (_, line) => Append(line.Data);
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
    }

    public Process Process { get; }

    public string Output
    {
        get
        {
            lock (_errors)
            {
                return _errors.ToString();
            }
        }
    }

    public static RunningProgram Start(params string[] arguments) => new(Process.Start(AuStreamProgram.CreateStart(arguments))!);

    public static RunningProgram Start(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        ProcessStartInfo start = AuStreamProgram.CreateStart(arguments);
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return new RunningProgram(Process.Start(start)!);
    }

    /// <summary>Sends what Ctrl-C sends.</summary>
    public void Interrupt()
    {
        using Process kill = Process.Start("/bin/sh", ["-c", $"kill -INT {Process.Id}"]);
        kill.WaitForExit();
    }

    public async Task<int> WaitForExitAsync()
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(60));
        await Process.WaitForExitAsync(limit.Token);
        return Process.ExitCode;
    }

    public async Task WaitForOutputAsync(string text)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(60));
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            Process.HasExited.ShouldBeFalse(Output);
            await Task.Delay(50, limit.Token);
        }
    }

    public void Dispose()
    {
        if (!Process.HasExited)
        {
            Process.Kill(entireProcessTree: true);
        }

        Process.Dispose();
    }

    private void Append(string? line)
    {
        lock (_errors)
        {
            _errors.AppendLine(line);
        }
    }
}
