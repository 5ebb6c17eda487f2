using System.Globalization;

namespace AuStream.Stages.Publishing;

/// <summary>
/// A small file that says up to when ids may have been given, some seconds in advance, so that the ids of the next program are
/// greater even if this one is killed and the clock is set back.
/// </summary>
/// <remarks>For one <see cref="EventIdGenerator"/>, under its lock. A file that cannot be read or written is no error: ids are unique without it, and sort while the clock is right.</remarks>
public sealed class EventIdLease
{
    private const long AdvanceMilliseconds = 5_000;
    private readonly string _path;
    private long _covered;

    /// <param name="folder">Where the file lies; of one program alone.</param>
    public EventIdLease(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _path = Path.Combine(folder, "ids.lease");
        try
        {
            if (long.TryParse(File.ReadAllText(_path), NumberStyles.None, CultureInfo.InvariantCulture, out long covered) && covered < 1L << 48)
            {
                Floor = _covered = covered;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // None yet, or out of reach: see the remarks.
        }
    }

    /// <summary>Ids of earlier programs lie before this time (ms since 1970); 0 where nothing is known.</summary>
    public long Floor { get; }

    /// <summary>An id of this time (ms since 1970) is about to be given.</summary>
    internal void Cover(long milliseconds)
    {
        if (milliseconds < _covered)
        {
            return;
        }

        _covered = milliseconds + AdvanceMilliseconds;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            File.WriteAllText(_path + ".new", _covered.ToString(CultureInfo.InvariantCulture));
            File.Move(_path + ".new", _path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // See the remarks.
        }
    }
}
