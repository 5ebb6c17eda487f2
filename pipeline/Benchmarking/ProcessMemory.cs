using System.Globalization;

namespace AuStream.Pipeline.Benchmarking;

/// <summary>Resident memory of this process as Linux counts it.</summary>
public static class ProcessMemory
{
    /// <summary>Resident set now, in MiB.</summary>
    public static double ResidentMebibytes() => Read("VmRSS:");

    /// <summary>Largest resident set so far, in MiB.</summary>
    public static double PeakResidentMebibytes() => Read("VmHWM:");

    private static double Read(string field)
    {
        foreach (string line in File.ReadLines("/proc/self/status"))
        {
            if (line.StartsWith(field, StringComparison.Ordinal))
            {
                string kibibytes = line[field.Length..].Replace("kB", "", StringComparison.Ordinal).Trim();
                return double.Parse(kibibytes, CultureInfo.InvariantCulture) / 1024;
            }
        }

        throw new InvalidDataException($"/proc/self/status has no {field}");
    }
}
