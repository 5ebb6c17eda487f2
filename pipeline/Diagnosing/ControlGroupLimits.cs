using System.Globalization;

namespace AuStream.Pipeline.Diagnosing;

/// <summary>What the control groups (cgroup v2, or v1) that this process is in allow it. Containers and systemd limit programs
/// this way.</summary>
/// <param name="Cores">Processor time per wall-clock time, in cores; null where there is no limit.</param>
/// <param name="MemoryBytes">Memory in bytes; null where there is no limit.</param>
public sealed record ControlGroupLimits(double? Cores, long? MemoryBytes)
{
    // Version 1 says "no limit" with a number just below 2^63.
    private const long UnlimitedFrom = 1L << 60;

    /// <summary>Reads the limits of this process.</summary>
    /// <param name="processFile">Which groups the process is in; tests pass their own file.</param>
    /// <param name="mount">Where the groups are mounted.</param>
    public static ControlGroupLimits Read(string processFile = "/proc/self/cgroup", string mount = "/sys/fs/cgroup")
    {
        double? cores = null;
        long? memory = null;
        foreach (string folder in Folders(processFile, mount))
        {
            cores = Smaller(cores, ReadCores(folder));
            memory = Smaller(memory, ReadMemory(folder));
        }

        return new ControlGroupLimits(cores, memory);
    }

    // A group's limit holds for all groups below it, so each ancestor counts. In a container the path may not exist below the
    // mount (it is the host's): then the mount itself is the container's group.
    private static IEnumerable<string> Folders(string processFile, string mount)
    {
        string[] lines = File.Exists(processFile) ? File.ReadAllLines(processFile) : [];
        foreach (string[] parts in lines.Select(line => line.Split(':', 3)).Where(parts => parts.Length == 3))
        {
            foreach (string controller in parts[1].Length == 0 ? [""] : parts[1].Split(','))
            {
                string top = Path.Combine(mount, controller);
                string relative = parts[2].Trim('/');
                while (relative.Length > 0)
                {
                    yield return Path.Combine(top, relative);
                    relative = Path.GetDirectoryName(relative) ?? "";
                }

                yield return top;
            }
        }
    }

    private static double? ReadCores(string folder)
    {
        string[] version2 = ReadWords(folder, "cpu.max");
        string quota = version2.Length == 2 ? version2[0] : ReadWords(folder, "cpu.cfs_quota_us").FirstOrDefault("");
        string period = version2.Length == 2 ? version2[1] : ReadWords(folder, "cpu.cfs_period_us").FirstOrDefault("");
        return Number(quota) is > 0 and { } used && Number(period) is > 0 and { } per ? (double)used / per : null;
    }

    private static long? ReadMemory(string folder)
    {
        string word = ReadWords(folder, "memory.max").Concat(ReadWords(folder, "memory.limit_in_bytes")).FirstOrDefault("");
        return Number(word) is > 0 and < UnlimitedFrom and { } bytes ? bytes : null;
    }

    private static string[] ReadWords(string folder, string file)
    {
        string path = Path.Combine(folder, file);
        return File.Exists(path) ? File.ReadAllText(path).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) : [];
    }

    private static long? Number(string word) =>
        long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : null;

    private static T? Smaller<T>(T? one, T? other)
        where T : struct, IComparable<T> =>
        one is null ? other : other is null || one.Value.CompareTo(other.Value) <= 0 ? one : other;
}
