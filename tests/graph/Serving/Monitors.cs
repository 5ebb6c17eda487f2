using AuStream.Pipeline.Observing;
using AuStream.Pipeline.Serving;
using AuStream.Testing;

namespace AuStream.Graph.Tests.Serving;

/// <summary>Streams in given states, without anything that runs.</summary>
internal static class Monitors
{
    public static ServiceState State(params StreamMonitor[] streams)
    {
        ServiceState state = new(() => []);
        foreach (StreamMonitor stream in streams)
        {
            state.Add(stream);
        }

        return state;
    }

    public static StreamMonitor Create(string id, string stateWord, ManualTimeProvider time, StreamMetrics? metrics = null, params FakeSink[] sinks)
    {
        StreamMonitor monitor = new(id, time) { State = stateWord };
        monitor.Follow(metrics ?? new StreamMetrics(time), sinks);
        return monitor;
    }
}
