namespace AuStream.Pipeline.Diagnosing;

/// <summary>The MQTT broker mosquitto, which <c>demo</c> starts, and <c>run</c> where no other broker is configured.</summary>
/// <param name="tools">Runs it.</param>
public sealed class BrokerDiagnostic(ToolRunner tools) : IDiagnostic
{
    /// <inheritdoc/>
    public string Name => "mosquitto";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DiagnosticCheck>> ExamineAsync(CancellationToken cancellation)
    {
        // "-h" prints "mosquitto version 2.0.11" and ends with exit code 3.
        ToolOutput? help = await tools.RunAsync(Name, ["-h"], cancellation);
        const string start = "mosquitto version ";
        return
        [
            help is not null && help.FirstLine.StartsWith(start, StringComparison.Ordinal)
                ? DiagnosticCheck.Ok(Name, help.FirstLine[start.Length..])
                : DiagnosticCheck.Missing(Name, "not found, or it does not run: demo, and run without a configured broker, cannot publish",
                    "./austream setup (installs Debian's package mosquitto)"),
        ];
    }
}
