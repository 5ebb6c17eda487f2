using System.Text.Json;
using AuStream.Pipeline.Configuration;

namespace AuStream.Pipeline.Running;

/// <summary>The streams that run now, by id. Applying a new list stops, starts and leaves alone exactly those that it should.</summary>
/// <param name="run">Runs one stream until its source ends or it is cancelled; false when the source cannot be read.</param>
/// <param name="stop">Ends all streams.</param>
internal sealed class StreamSet(Func<StreamConfiguration, CancellationToken, Task<bool>> run, CancellationToken stop) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<string, RunningStream> _running = new(StringComparer.Ordinal);
    private int _version;

    /// <summary>Makes the streams that run those of the list. A stream that changed is stopped in order, then started.</summary>
    public async Task<StreamChanges> ApplyAsync(IReadOnlyList<StreamConfiguration> streams)
    {
        await _gate.WaitAsync();
        try
        {
            Dictionary<string, string> wanted = streams.ToDictionary(stream => stream.Id, stream => JsonSerializer.Serialize(stream), StringComparer.Ordinal);
            string[] removed = [.. _running.Keys.Where(id => !wanted.ContainsKey(id))];
            string[] changed = [.. _running.Where(entry => wanted.TryGetValue(entry.Key, out string? now) && now != entry.Value.Settings).Select(entry => entry.Key)];
            await Task.WhenAll(removed.Concat(changed).Select(StopAsync));
            List<string> added = [];
            foreach (StreamConfiguration stream in streams.Where(stream => !_running.ContainsKey(stream.Id)))
            {
                CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
                _running[stream.Id] = new RunningStream(wanted[stream.Id], ending, Task.Run(() => run(stream, ending.Token), CancellationToken.None));
                added.Add(stream.Id);
            }

            _version++;
            return new StreamChanges([.. added.Except(changed)], changed, removed);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Completes when every stream has ended by itself, and those that were applied meanwhile, too.</summary>
    /// <returns>False when one of them cannot be read.</returns>
    public async Task<bool> RunToEndAsync()
    {
        while (true)
        {
            await _gate.WaitAsync();
            int version = _version;
            Task<bool>[] tasks = [.. _running.Values.Select(stream => stream.Task)];
            _gate.Release();
            bool[] ended = await Task.WhenAll(tasks);
            await _gate.WaitAsync();
            bool isLast = version == _version;
            _gate.Release();
            if (isLast)
            {
                return Array.TrueForAll(ended, good => good);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (RunningStream stream in _running.Values)
        {
            stream.Ending.Dispose();
        }

        _gate.Dispose();
    }

    private async Task StopAsync(string id)
    {
        RunningStream stream = _running[id];
        await stream.Ending.CancelAsync();
        await stream.Task;
        stream.Ending.Dispose();
        _running.Remove(id);
    }

    private sealed record RunningStream(string Settings, CancellationTokenSource Ending, Task<bool> Task);
}
