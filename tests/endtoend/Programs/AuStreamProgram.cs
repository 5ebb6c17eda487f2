using System.Diagnostics;

namespace AuStream.EndToEnd.Tests.Programs;

/// <summary>Runs the built program as its user does: a process of its own.</summary>
internal static class AuStreamProgram
{
    public static string Library { get; } = Path.Combine(AppContext.BaseDirectory, "austream.dll");

    public static ProcessStartInfo CreateStart(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.ArgumentList.Add(Library);
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    public static Task<ProgramResult> RunAsync(params string[] arguments) => RunAsync(CreateStart(arguments));

    public static async Task<ProgramResult> RunAsync(ProcessStartInfo start)
    {
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(2));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"austream {string.Join(' ', start.ArgumentList.Skip(1))} did not end: {await errors}");
        }

        return new ProgramResult(process.ExitCode, await output, await errors);
    }
}
