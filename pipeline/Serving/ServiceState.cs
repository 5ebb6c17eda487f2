using AuStream.Models.Sessions;
using AuStream.Pipeline.Graph;
using AuStream.Pipeline.Observing;

namespace AuStream.Pipeline.Serving;

/// <summary>What the running service is made of, for those who ask how it does. Thread-safe.</summary>
/// <param name="models">The networks that are loaded now, by id.</param>
/// <param name="turns">Shares the processor among the streams; null where nothing does.</param>
public sealed class ServiceState(Func<IReadOnlyList<(string Model, OnnxSession Session)>> models, ComputeTurns? turns = null)
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, StreamMonitor> _streams = new(StringComparer.Ordinal);

    /// <summary>The streams, sorted by id.</summary>
    public IReadOnlyList<StreamMonitor> Streams
    {
        get
        {
            lock (_gate)
            {
                return [.. _streams.Values];
            }
        }
    }

    /// <summary>The networks that are loaded now, by id.</summary>
    public IReadOnlyList<(string Model, OnnxSession Session)> Models => models();

    /// <summary>Shares the processor among the streams; null where nothing does.</summary>
    public ComputeTurns? Turns { get; } = turns;

    /// <summary>The stream with an id, or null.</summary>
    public StreamMonitor? Find(string id)
    {
        lock (_gate)
        {
            return _streams.GetValueOrDefault(id);
        }
    }

    /// <summary>Adds a stream, in the place of one with the same id.</summary>
    public void Add(StreamMonitor stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        lock (_gate)
        {
            _streams[stream.Id] = stream;
        }
    }

    /// <summary>Forgets a stream.</summary>
    public void Remove(string id)
    {
        lock (_gate)
        {
            _streams.Remove(id);
        }
    }
}
