using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuStream.Stages.Publishing.Spooling;

/// <summary>
/// Events of all streams on disk until their broker has them: they outlive a broker's outage, a crash and a kill of this program,
/// and are published by the next one, in the same order and with the same ids.
/// </summary>
/// <remarks>
/// <para>Thread-safe. A disk that fails or fills up while the program runs is no exception: messages then wait in memory, are moved
/// to the disk when it can be written again, and every stream's status says so. A file that is damaged is moved aside and a new
/// one begun. A folder that cannot be written at the start leaves everything in memory until the next start.</para>
/// </remarks>
public sealed class EventSpoolStore : IDisposable
{
    private readonly EventSpoolOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Dictionary<string, DiskEventSpool> _streams = [];
    private readonly SpoolDatabase? _database;

    private EventSpoolStore(EventSpoolOptions options, SpoolDatabase? database, string? alarm, TimeProvider time, ILogger logger)
    {
        _options = options;
        _database = database;
        Alarm = alarm;
        _time = time;
        _logger = logger;
    }

    /// <summary>The spool's file.</summary>
    public string Path => PathIn(_options);

    /// <summary>What was wrong when the spool was opened, for people; null when all was well.</summary>
    public string? Alarm { get; }

    internal Lock Gate { get; } = new();

    internal SpoolDatabase? Database => _database;

    /// <summary>Opens the spool, or makes it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="SpoolInUseException">Another program uses it.</exception>
    public static EventSpoolStore Open(EventSpoolOptions options, TimeProvider time, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxBytes, 64 * 1024);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxInMemory, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.MaxAge, TimeSpan.Zero);
        logger ??= NullLogger.Instance;
        string? alarm = null;
        SpoolDatabase? database = null;
        try
        {
            Directory.CreateDirectory(options.Folder);
            (database, alarm) = OpenOrReplace(options, time, logger);
        }
        catch (SqliteException inUse) when (SpoolFault.IsInUse(inUse))
        {
            throw new SpoolInUseException(
                $"The spool {PathIn(options)} is in use by another AuStream: stop it, or give this one a folder of its own (spool: folder:).", inUse);
        }
        catch (Exception fault) when (fault is SqliteException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            alarm = $"events wait in memory only and would not survive this program: {SpoolFault.Describe(fault, PathIn(options))}";
            logger.LogError(fault, "{Alarm}", alarm);
        }

        EventSpoolStore store = new(options, database, alarm, time, logger);
        foreach ((string name, long waiting) in database?.Waiting() ?? [])
        {
            logger.LogInformation("{Count} messages of {Stream} wait in {Spool} from before", waiting, name, store.Path);
        }

        return store;
    }

    /// <summary>Messages that wait on disk now, by the name that their sink gave.</summary>
    public IReadOnlyList<(string Name, long Waiting)> Waiting()
    {
        lock (Gate)
        {
            return _database?.Waiting() ?? [];
        }
    }

    /// <summary>The position that the next message of a stream gets: how many it has had in all, over all programs.</summary>
    public long NextPosition(string name)
    {
        lock (Gate)
        {
            return _database?.Register(name).Next ?? 0;
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        lock (Gate)
        {
            _database?.Dispose();
        }
    }

    /// <summary>The spool of a stream; the same object for the same name.</summary>
    internal IEventSpool Of(string name)
    {
        lock (Gate)
        {
            if (!_streams.TryGetValue(name, out DiskEventSpool? spool))
            {
                spool = new DiskEventSpool(this, name, _options, _time, _logger);
                _streams.Add(name, spool);
            }

            return spool;
        }
    }

    private static string PathIn(EventSpoolOptions options) => System.IO.Path.Combine(options.Folder, "events.spool");

    private static (SpoolDatabase Database, string? Alarm) OpenOrReplace(EventSpoolOptions options, TimeProvider time, ILogger logger)
    {
        string path = PathIn(options);
        try
        {
            return (new SpoolDatabase(path, options.SynchronizesEveryMessage), null);
        }
        catch (Exception damage) when (damage is InvalidDataException || (damage is SqliteException fault && SpoolFault.IsDamage(fault)))
        {
            string aside = $"{path}.damaged-{time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}";
            File.Move(path, aside, overwrite: true);
            foreach (string companion in (string[])["-wal", "-shm"])
            {
                if (File.Exists(path + companion))
                {
                    File.Move(path + companion, aside + companion, overwrite: true);
                }
            }

            string alarm = $"the spool was not readable ({damage.Message.TrimEnd('.')}) and was moved to {aside}: events in it were not published";
            logger.LogError("{Alarm}", alarm);
            return (new SpoolDatabase(path, options.SynchronizesEveryMessage), alarm);
        }
    }
}
