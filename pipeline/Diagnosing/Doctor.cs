using System.Reflection;
using Spectre.Console;

namespace AuStream.Pipeline.Diagnosing;

/// <summary><c>austream doctor</c>: what this machine can do, what is missing, and how to get it.</summary>
public static class Doctor
{
    /// <summary>Examines this machine and prints the report on standard output.</summary>
    /// <param name="json">One JSON object instead of a table.</param>
    /// <param name="cancellation">Ends the examination.</param>
    /// <returns>0, or 1 when something is missing that a command needs.</returns>
    public static async Task<int> RunAsync(bool json, CancellationToken cancellation)
    {
        DiagnosticReport report = await ExamineAsync(Diagnostics(), cancellation);
        if (json)
        {
            await ReportJson.WriteAsync(report, Console.OpenStandardOutput(), cancellation);
        }
        else if (Console.IsOutputRedirected)
        {
            await ReportText.WriteAsync(report, Console.Out);
        }
        else
        {
            ReportTable.Write(report, AnsiConsole.Console);
        }

        return report.IsUsable ? 0 : 1;
    }

    /// <summary>Runs all diagnostics at the same time. One that fails becomes a warning: the report is always complete.</summary>
    public static async Task<DiagnosticReport> ExamineAsync(IReadOnlyList<IDiagnostic> diagnostics, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(diagnostics);
        IReadOnlyList<DiagnosticCheck>[] checks = await Task.WhenAll(diagnostics.Select(one => GuardAsync(one, cancellation)));
        return new DiagnosticReport(Version(), [.. checks.SelectMany(some => some)]);
    }

    // "0.1.0+COMMIT", the commit cut to what people compare.
    private static string Version()
    {
        string version = typeof(Doctor).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        int plus = version.IndexOf('+', StringComparison.Ordinal);
        return plus < 0 ? version : version[..Math.Min(version.Length, plus + 9)];
    }

    private static IReadOnlyList<IDiagnostic> Diagnostics()
    {
        ToolRunner tools = new();
        return
        [
            new MachineDiagnostic(),
            new FfmpegDiagnostic(tools),
            new BrokerDiagnostic(tools),
            new MosquittoLibraryDiagnostic(),
            new OnnxRuntimeDiagnostic(),
            new ModelDiagnostic(Models.Sessions.ModelStore.Default()),
            new GpuDiagnostic(tools),
            new CameraDiagnostic(),
            new StorageDiagnostic(),
        ];
    }

    private static async Task<IReadOnlyList<DiagnosticCheck>> GuardAsync(IDiagnostic diagnostic, CancellationToken cancellation)
    {
        try
        {
            return await Task.Run(() => diagnostic.ExamineAsync(cancellation), cancellation);
        }
#pragma warning disable CA1031 // A broken part of the machine must not hide the state of the others.
        catch (Exception fault) when (fault is not OperationCanceledException)
#pragma warning restore CA1031
        {
            return [DiagnosticCheck.Warning(diagnostic.Name, $"could not be examined: {fault.Message}")];
        }
    }
}
