using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using AuStream.Stages.Recording;
using Microsoft.Extensions.Logging;

namespace AuStream.Pipeline.Auditing;

/// <summary>
/// What was measured when, for what purpose, and what its consumers could see: a file of JSON Lines that is only ever added to. Each
/// record holds the SHA-256 of the one before, so that a record that is changed or taken out later shows.
/// </summary>
/// <remarks>Thread-safe. Every record is on the disk when <see cref="Record"/> returns. A disk that fails later is logged, and does not end the measurement.</remarks>
public sealed class AuditLog : IDisposable
{
    private const string NoRecord = "";
    private readonly Lock _lock = new();
    private readonly FileStream _file;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private string _previous;

    private AuditLog(FileStream file, string previous, TimeProvider time, ILogger logger)
    {
        _file = file;
        _previous = previous;
        _time = time;
        _logger = logger;
    }

    /// <summary>Opens the log, or makes it. Without a log there is no measurement.</summary>
    /// <exception cref="ResultFileException">It cannot be written; the message names it and the remedy.</exception>
    public static AuditLog Open(string path, TimeProvider time, ILogger logger)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        FileStream? file = null;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
            return new AuditLog(file, HashOfLastRecord(file), time, logger);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            throw new ResultFileException(
                $"The audit log '{path}' cannot be written: {e.Message.TrimEnd('.')}. Choose a file that this user may write (audit_log, state_folder); without an audit log nothing is measured.", e);
        }
    }

    /// <summary>Adds a record.</summary>
    /// <param name="what">What happened, in a word.</param>
    /// <param name="stream">The stream that it is about; null for the whole program.</param>
    /// <param name="details">Writes further fields; null for none.</param>
    public void Record(string what, string? stream = null, Action<Utf8JsonWriter>? details = null)
    {
        ArrayBufferWriter<byte> line = new();
        lock (_lock)
        {
            using (Utf8JsonWriter json = new(line, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            {
                json.WriteStartObject();
                json.WriteString("time", _time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", System.Globalization.CultureInfo.InvariantCulture));
                json.WriteString("what", what);
                if (stream is not null)
                {
                    json.WriteString("stream", stream);
                }

                details?.Invoke(json);
                json.WriteString("previous", _previous);
                json.WriteEndObject();
            }

            string hash = Hash(line.WrittenSpan);
            line.Write("\n"u8);
            try
            {
                _file.Seek(0, SeekOrigin.End);
                _file.Write(line.WrittenSpan);
                _file.Flush(flushToDisk: true);
                _previous = hash;
            }
            catch (IOException e)
            {
                _logger.LogError(e, "The audit log {Path} cannot be written; a record of '{What}' is missing from it", _file.Name, what);
            }
        }
    }

    /// <summary>The number of the first record (from 1) that does not follow from the one before; null when all do.</summary>
    public static int? FindBreak(IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        string previous = NoRecord;
        int number = 0;
        foreach (string line in lines)
        {
            number++;
            try
            {
                using JsonDocument record = JsonDocument.Parse(line);
                if (!record.RootElement.TryGetProperty("previous", out JsonElement named) || named.GetString() != previous)
                {
                    return number;
                }
            }
            catch (JsonException)
            {
                return number;
            }

            previous = Hash(System.Text.Encoding.UTF8.GetBytes(line));
        }

        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static string Hash(ReadOnlySpan<byte> line) => Convert.ToHexStringLower(SHA256.HashData(line));

    private static string HashOfLastRecord(FileStream file)
    {
        if (file.Length == 0)
        {
            return NoRecord;
        }

        byte[] content = new byte[Math.Min(file.Length, 64 * 1024)];
        file.Seek(-content.Length, SeekOrigin.End);
        file.ReadExactly(content);
        if (content[^1] != (byte)'\n')
        {
            // Cut off by a power failure: the line gets its end and shows as a break.
            file.Write("\n"u8);
            content = [.. content, (byte)'\n'];
        }

        ReadOnlySpan<byte> lines = content.AsSpan(0, content.Length - 1);
        return Hash(lines[(lines.LastIndexOf((byte)'\n') + 1)..]);
    }
}
