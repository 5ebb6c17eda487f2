using Microsoft.Data.Sqlite;

namespace AuStream.Stages.Publishing.Spooling;

/// <summary>The spool's SQLite file: messages of all streams, in order for each.</summary>
/// <remarks>
/// Write-ahead log, so that whatever was added survives the end of the process at any instant; locked for one process. Not
/// thread-safe: its owner holds a lock. Every call may throw <see cref="SqliteException"/>.
/// </remarks>
internal sealed class SpoolDatabase : IDisposable
{
    private const int Version = 1;
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _commit;
    private readonly SqliteCommand _insert;
    private readonly SqliteCommand _advance;
    private readonly SqliteCommand _read;
    private readonly SqliteCommand _delete;

    static SpoolDatabase() => SQLitePCL.Batteries_V2.Init();

    /// <exception cref="SqliteException">The file cannot be opened, is damaged, or is in use.</exception>
    /// <exception cref="InvalidDataException">It was made by a newer version of the program.</exception>
    public SpoolDatabase(string path, bool synchronizesEveryMessage)
    {
        SqliteConnectionStringBuilder options = new() { DataSource = path, Pooling = false, DefaultTimeout = 1 };
        _connection = new SqliteConnection(options.ToString());
        try
        {
            _connection.Open();
            Execute("PRAGMA locking_mode = EXCLUSIVE");
            Execute("PRAGMA journal_mode = WAL");
            Execute($"PRAGMA synchronous = {(synchronizesEveryMessage ? "FULL" : "NORMAL")}");
            long version = Scalar("PRAGMA user_version");
            if (version > Version)
            {
                throw new InvalidDataException($"it was made by a newer version of AuStream (format {version}, this one knows {Version})");
            }

            Execute("CREATE TABLE IF NOT EXISTS streams (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, next INTEGER NOT NULL)");
            Execute(
                "CREATE TABLE IF NOT EXISTS messages (stream INTEGER NOT NULL, position INTEGER NOT NULL, added_at INTEGER NOT NULL, "
                + "kind TEXT NOT NULL, payload BLOB NOT NULL, PRIMARY KEY (stream, position)) WITHOUT ROWID");
            Execute($"PRAGMA user_version = {Version}");
            if (TextScalar("PRAGMA quick_check(1)") is not "ok" and string damage)
            {
                throw new SqliteException(damage, SpoolFault.Corrupt);
            }

            _begin = Prepare("BEGIN IMMEDIATE");
            _commit = Prepare("COMMIT");
            _insert = Prepare("INSERT INTO messages VALUES ($stream, $position, $at, $kind, $payload)", "$stream", "$position", "$at", "$kind", "$payload");
            _advance = Prepare("UPDATE streams SET next = $next WHERE id = $stream", "$stream", "$next");
            _read = Prepare("SELECT position, kind, payload FROM messages WHERE stream = $stream AND position >= $from ORDER BY position LIMIT 1", "$stream", "$from");
            _delete = Prepare("DELETE FROM messages WHERE stream = $stream AND position <= $position", "$stream", "$position");
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>The stream's number and the position of its next message; makes the stream where it is new.</summary>
    public (long Stream, long Next) Register(string name)
    {
        using SqliteCommand add = Prepare("INSERT OR IGNORE INTO streams (name, next) VALUES ($name, 0)", "$name");
        add.Parameters[0].Value = name;
        add.ExecuteNonQuery();
        using SqliteCommand find = Prepare("SELECT id, next FROM streams WHERE name = $name", "$name");
        find.Parameters[0].Value = name;
        using SqliteDataReader reader = find.ExecuteReader();
        reader.Read();
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    /// <summary>Names of the streams that have messages waiting, and how many.</summary>
    public IReadOnlyList<(string Name, long Waiting)> Waiting()
    {
        using SqliteCommand command = Prepare("SELECT name, count(*) FROM messages JOIN streams ON id = stream GROUP BY stream ORDER BY name");
        using SqliteDataReader reader = command.ExecuteReader();
        List<(string, long)> waiting = [];
        while (reader.Read())
        {
            waiting.Add((reader.GetString(0), reader.GetInt64(1)));
        }

        return waiting;
    }

    /// <summary>How many messages of a stream there are, their bytes, and when the oldest came (ms since 1970, 0 for none).</summary>
    public (long Count, long Bytes) Measure(long stream)
    {
        using SqliteCommand command = Prepare("SELECT count(*), coalesce(sum(length(payload)), 0) FROM messages WHERE stream = $stream", "$stream");
        command.Parameters[0].Value = stream;
        using SqliteDataReader reader = command.ExecuteReader();
        reader.Read();
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    /// <summary>The oldest message of a stream: its position, bytes and age stamp; null for none.</summary>
    public (long Position, long Bytes, long AddedAt)? Oldest(long stream)
    {
        using SqliteCommand command = Prepare("SELECT position, length(payload), added_at FROM messages WHERE stream = $stream ORDER BY position LIMIT 1", "$stream");
        command.Parameters[0].Value = stream;
        using SqliteDataReader reader = command.ExecuteReader();
        return reader.Read() ? (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2)) : null;
    }

    /// <summary>Does all of the work, or nothing of it.</summary>
    public void InTransaction(Action work)
    {
        _begin.ExecuteNonQuery();
        try
        {
            work();
            _commit.ExecuteNonQuery();
        }
        catch
        {
            // After some faults, such as a full disk, SQLite has taken the transaction back already.
            if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) == 0)
            {
                Execute("ROLLBACK");
            }

            throw;
        }
    }

    /// <summary>Adds a message, within a transaction.</summary>
    public void Add(long stream, SpooledMessage message, long addedAt)
    {
        Bind(_insert, stream, message.Position, addedAt, message.Kind, message.Payload.ToArray());
        _insert.ExecuteNonQuery();
        Bind(_advance, stream, message.Position + 1);
        _advance.ExecuteNonQuery();
    }

    /// <summary>The first message of a stream at or after a position.</summary>
    public bool TryRead(long stream, long from, out SpooledMessage message)
    {
        Bind(_read, stream, from);
        using SqliteDataReader reader = _read.ExecuteReader();
        bool isThere = reader.Read();
        message = isThere ? new SpooledMessage(reader.GetInt64(0), reader.GetString(1), (byte[])reader.GetValue(2)) : default;
        return isThere;
    }

    /// <summary>Forgets every message of a stream up to and including a position.</summary>
    public void Delete(long stream, long position)
    {
        Bind(_delete, stream, position);
        _delete.ExecuteNonQuery();
    }

    public void Dispose()
    {
        _begin.Dispose();
        _commit.Dispose();
        _insert.Dispose();
        _advance.Dispose();
        _read.Dispose();
        _delete.Dispose();
        _connection.Dispose();
    }

    private static void Bind(SqliteCommand command, params object[] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }
    }

    private SqliteCommand Prepare(string text, params string[] parameters)
    {
        SqliteCommand command = _connection.CreateCommand();
#pragma warning disable CA2100 // Constant texts of this file; values are parameters.
        command.CommandText = text;
#pragma warning restore CA2100
        foreach (string parameter in parameters)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = parameter });
        }

        return command;
    }

    private void Execute(string text)
    {
        using SqliteCommand command = Prepare(text);
        command.ExecuteNonQuery();
    }

    private long Scalar(string text)
    {
        using SqliteCommand command = Prepare(text);
        return (long)command.ExecuteScalar()!;
    }

    private string? TextScalar(string text)
    {
        using SqliteCommand command = Prepare(text);
        return command.ExecuteScalar() as string;
    }
}
