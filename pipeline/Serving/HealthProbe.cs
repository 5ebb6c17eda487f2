using System.Globalization;
using AuStream.Pipeline.Observing;

namespace AuStream.Pipeline.Serving;

/// <summary>
/// Whether the program lives and whether it does all its work. A camera or a broker that is away makes it unready, which takes it out of
/// nothing but reports; only frames that are stuck inside make it dead, because only then does a restart help.
/// </summary>
public sealed class HealthProbe(ServiceState state)
{
    /// <summary>Frames under way for so long without one coming out: the program hangs.</summary>
    public static TimeSpan LongestStandstill { get; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether a restart is needed.</summary>
    public HealthAnswer Live()
    {
        string[] reasons =
        [
            .. state.Streams
                .Select(stream => (stream.Id, stream.Stuck))
                .Where(stream => stream.Stuck > LongestStandstill)
                .Select(stream => string.Create(CultureInfo.InvariantCulture, $"stream {stream.Id}: frames have been stuck inside for {stream.Stuck.TotalSeconds:F0} s")),
        ];
        return new HealthAnswer(reasons.Length == 0, reasons);
    }

    /// <summary>Whether every stream delivers and every sink takes what is delivered.</summary>
    public HealthAnswer Ready()
    {
        List<string> reasons = [.. Live().Reasons];
        IReadOnlyList<StreamMonitor> streams = state.Streams;
        if (streams.Count == 0)
        {
            reasons.Add("no stream was started yet");
        }

        foreach (StreamMonitor stream in streams)
        {
            if (!stream.IsReady)
            {
                reasons.Add($"stream {stream.Id}: {stream.State}");
            }

            reasons.AddRange(stream.Troubles.Select(trouble => $"stream {stream.Id}: {trouble}"));
        }

        return new HealthAnswer(reasons.Count == 0, reasons);
    }
}
