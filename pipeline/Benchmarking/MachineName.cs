namespace AuStream.Pipeline.Benchmarking;

/// <summary>Names the machine in benchmark tables.</summary>
public static class MachineName
{
    /// <summary>Processor model and the cores that the program may use.</summary>
    public static string Describe()
    {
        string processor = File.ReadLines("/proc/cpuinfo")
            .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "unknown processor";
        return $"{processor}, {Environment.ProcessorCount} cores";
    }
}
