using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace AuStream.Stages.Publishing.Spooling;

/// <summary>One stream's part of an <see cref="EventSpoolStore"/>: on disk, with an overflow in memory for the time in which the disk cannot be written.</summary>
/// <remarks>What is in memory is always younger than what is on disk, so the order holds.</remarks>
internal sealed class DiskEventSpool : IEventSpool
{
    private const double NearlyFull = 0.8;
    private static readonly TimeSpan s_expiryInterval = TimeSpan.FromSeconds(60);

    private readonly EventSpoolStore _store;
    private readonly EventSpoolOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly string _name;
    private readonly long _stream;
    private readonly DateTimeOffset _startedAt;
    private readonly long _startedTimestamp;
    private readonly MemoryEventSpool _memory;
    private long _next;
    private long _onDisk;
    private long _bytes;
    private long _lost;
    private long _released = -1;
    private bool _deletionIsDue;
    private string? _fault;
    private long _faultAt;
    private long _expiredAt;

    /// <summary>Call under the store's lock.</summary>
    public DiskEventSpool(EventSpoolStore store, string name, EventSpoolOptions options, TimeProvider time, ILogger logger)
    {
        _store = store;
        _name = name;
        _options = options;
        _time = time;
        _logger = logger;
        _startedAt = time.GetUtcNow();
        _startedTimestamp = time.GetTimestamp();
        _expiredAt = _startedTimestamp;
        if (store.Database is { } database)
        {
            (_stream, _next) = database.Register(name);
            (_onDisk, _bytes) = database.Measure(_stream);
            Expire(database);
        }

        _memory = new MemoryEventSpool(options.MaxInMemory);
    }

    public long Waiting
    {
        get
        {
            lock (_store.Gate)
            {
                return _onDisk + _memory.Waiting;
            }
        }
    }

    public long Lost => Interlocked.Read(ref _lost) + _memory.Lost;

    public string? Alarm
    {
        get
        {
            lock (_store.Gate)
            {
                return _fault ?? _store.Alarm ?? Filling();
            }
        }
    }

    /// <summary>Milliseconds since 1970 by a clock that nobody sets: ages must not jump when the machine learns the time.</summary>
    private long Now => (_startedAt + _time.GetElapsedTime(_startedTimestamp)).ToUnixTimeMilliseconds();

    public void Append(string kind, ReadOnlySpan<byte> payload)
    {
        lock (_store.Gate)
        {
            if (_store.Database is not { } database || !IsWritable(database))
            {
                AppendToMemory(kind, payload);
                return;
            }

            SpooledMessage message = new(_next, kind, payload.ToArray());
            try
            {
                if (_time.GetElapsedTime(_expiredAt) > s_expiryInterval)
                {
                    Expire(database);
                }

                MakeRoom(database, payload.Length);
                database.InTransaction(() => database.Add(_stream, message, Now));
                _next++;
                _onDisk++;
                _bytes += payload.Length;
            }
            catch (SqliteException fault)
            {
                Fail(fault);
                AppendToMemory(kind, payload);
            }
        }
    }

    public bool TryRead(long from, out SpooledMessage message)
    {
        lock (_store.Gate)
        {
            if (_onDisk > 0 && _store.Database is { } database)
            {
                try
                {
                    if (database.TryRead(_stream, Math.Max(from, _released + 1), out message))
                    {
                        return true;
                    }
                }
                catch (SqliteException fault)
                {
                    GiveUpDisk(fault);
                }
            }

            return _memory.TryRead(from, out message);
        }
    }

    public void Release(long position)
    {
        lock (_store.Gate)
        {
            _memory.Release(position);
            if (_onDisk == 0 || _store.Database is not { } database)
            {
                return;
            }

            // Remembered first: on a full disk even a deletion can fail, and what is delivered must not be read again.
            _released = Math.Max(_released, position);
            try
            {
                DeleteReleased(database);
            }
            catch (SqliteException fault)
            {
                _deletionIsDue = true;
                Fail(fault);
            }
        }
    }

    private void DeleteReleased(SpoolDatabase database)
    {
        while (database.Oldest(_stream) is { } oldest && oldest.Position <= _released)
        {
            database.Delete(_stream, oldest.Position);
            _onDisk--;
            _bytes -= oldest.Bytes;
        }

        _deletionIsDue = false;
    }

    private void AppendToMemory(string kind, ReadOnlySpan<byte> payload)
    {
        _memory.SkipTo(_next++);
        _memory.Append(kind, payload);
    }

    /// <summary>True when messages can be added to the disk; after a fault that is tried at intervals, and what waits in memory moves to the disk first.</summary>
    private bool IsWritable(SpoolDatabase database)
    {
        if (_fault is null)
        {
            return true;
        }

        if (_time.GetElapsedTime(_faultAt) < _options.RetryInterval)
        {
            return false;
        }

        try
        {
            if (_deletionIsDue)
            {
                DeleteReleased(database);
            }

            long from = 0;
            long bytes = 0;
            long count = 0;
            database.InTransaction(() =>
            {
                while (_memory.TryRead(from, out SpooledMessage message))
                {
                    database.Add(_stream, message, Now);
                    bytes += message.Payload.Length;
                    count++;
                    from = message.Position + 1;
                }
            });

            _memory.Release(from - 1);
            _onDisk += count;
            _bytes += bytes;
            _fault = null;
            _logger.LogInformation("The spool of {Stream} is written again; {Count} messages were moved to it from memory", _name, count);
            return true;
        }
        catch (SqliteException fault)
        {
            Fail(fault);
            return false;
        }
    }

    private void MakeRoom(SpoolDatabase database, int length)
    {
        while (_onDisk > 0 && _bytes + length > _options.MaxBytes)
        {
            GiveWay(database, database.Oldest(_stream)!.Value);
        }
    }

    private void Expire(SpoolDatabase database)
    {
        _expiredAt = _time.GetTimestamp();
        long limit = Now - (long)_options.MaxAge.TotalMilliseconds;
        while (database.Oldest(_stream) is { } oldest && oldest.AddedAt < limit)
        {
            GiveWay(database, oldest);
        }
    }

    private void GiveWay(SpoolDatabase database, (long Position, long Bytes, long AddedAt) oldest)
    {
        database.Delete(_stream, oldest.Position);
        _onDisk--;
        _bytes -= oldest.Bytes;
        if (oldest.Position > _released)
        {
            Interlocked.Increment(ref _lost);
        }
    }

    private void Fail(SqliteException fault)
    {
        _faultAt = _time.GetTimestamp();
        if (_fault is null)
        {
            _fault = $"events wait in memory only: {SpoolFault.Describe(fault, _store.Path)}";
            _logger.LogError(fault, "{Stream}: {Fault}", _name, _fault);
        }
    }

    /// <summary>What is on disk cannot be read: it stays there, and everything else goes on.</summary>
    private void GiveUpDisk(SqliteException fault)
    {
        _fault = null;
        Fail(fault);
        _faultAt = long.MaxValue / 2;
        Interlocked.Add(ref _lost, _onDisk);
        _onDisk = 0;
        _bytes = 0;
    }

    private string? Filling()
    {
        if (_bytes > NearlyFull * _options.MaxBytes)
        {
            return $"the spool is {100 * _bytes / _options.MaxBytes} % full: {_onDisk} events wait for the broker, soon the oldest will be lost";
        }

        if (_onDisk == 0 || _store.Database is not { } database)
        {
            return null;
        }

        try
        {
            TimeSpan age = database.Oldest(_stream) is { } oldest ? TimeSpan.FromMilliseconds(Now - oldest.AddedAt) : TimeSpan.Zero;
            return age > NearlyFull * _options.MaxAge
                ? $"events have waited for the broker for {age.TotalHours:F1} h, after {_options.MaxAge.TotalHours:F1} h they will be lost"
                : null;
        }
        catch (SqliteException fault)
        {
            return SpoolFault.Describe(fault, _store.Path);
        }
    }
}
