using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace AuStream.Pipeline.Diagnosing;

/// <summary>Operating system, processor, memory and .NET runtime.</summary>
public sealed class MachineDiagnostic : IDiagnostic
{
    private const long EnoughMemory = 1L << 30;

    /// <inheritdoc/>
    public string Name => "machine";

    /// <inheritdoc/>
    public Task<IReadOnlyList<DiagnosticCheck>> ExamineAsync(CancellationToken cancellation)
    {
        ControlGroupLimits limits = ControlGroupLimits.Read();
        return Task.FromResult<IReadOnlyList<DiagnosticCheck>>(
        [
            DiagnosticCheck.Ok("system", $"{SystemName()}, {RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}"),
            DescribeProcessor(limits.Cores),
            DescribeMemory(limits.MemoryBytes),
            DiagnosticCheck.Ok(".NET", RuntimeInformation.FrameworkDescription),
        ]);
    }

    private static string SystemName()
    {
        const string key = "PRETTY_NAME=";
        string? line = File.Exists("/etc/os-release")
            ? File.ReadLines("/etc/os-release").FirstOrDefault(one => one.StartsWith(key, StringComparison.Ordinal))
            : null;
        return line is null ? RuntimeInformation.OSDescription : line[key.Length..].Trim('"');
    }

    private static DiagnosticCheck DescribeProcessor(double? limit)
    {
        const string key = "model name";
        string? line = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(one => one.StartsWith(key, StringComparison.Ordinal))
            : null;
        string model = line is null ? "" : $"{line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()}, ";
        string cores = Environment.ProcessorCount == 1 ? "1 core" : string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores");
        string limited = limit is { } some ? string.Create(CultureInfo.InvariantCulture, $", limited to {some:0.##} cores by its control group") : "";
        (string vectors, bool fast) = VectorInstructions();
        string detail = $"{model}{cores}{limited}, {vectors}";
        return fast
            ? DiagnosticCheck.Ok("processor", detail)
            : DiagnosticCheck.Warning("processor", detail, "Without AVX2 (x64) or AdvSIMD (arm64) the networks run several times slower.");
    }

    private static (string Name, bool Fast) VectorInstructions() =>
        Avx512F.IsSupported ? ("AVX-512", true)
        : Avx2.IsSupported ? ("AVX2", true)
        : AdvSimd.IsSupported ? ("AdvSIMD", true)
        : ("no vector instructions that AuStream uses", false);

    private static DiagnosticCheck DescribeMemory(long? limit)
    {
        long machine = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        long available = Math.Min(machine, limit ?? long.MaxValue);
        string limited = limit is { } some && some <= machine ? ", the limit of its control group" : "";
        string detail = string.Create(CultureInfo.InvariantCulture, $"{available / (double)(1L << 30):0.0} GiB{limited}");
        return available >= EnoughMemory
            ? DiagnosticCheck.Ok("memory", detail)
            : DiagnosticCheck.Warning("memory", detail, "Give it at least 1 GiB.");
    }
}
