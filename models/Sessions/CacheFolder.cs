namespace AuStream.Models.Sessions;

/// <summary>Where AuStream keeps what it can make again.</summary>
public static class CacheFolder
{
    /// <summary>
    /// <c>AUSTREAM_CACHE</c>, else <c>austream</c> in <c>XDG_CACHE_HOME</c>, else in <c>~/.cache</c>; without a home, in the system's
    /// folder for temporary files. It need not exist.
    /// </summary>
    public static string Default()
    {
        string? own = Environment.GetEnvironmentVariable("AUSTREAM_CACHE");
        if (!string.IsNullOrWhiteSpace(own))
        {
            return Path.GetFullPath(own);
        }

        string? caches = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string parent = !string.IsNullOrWhiteSpace(caches) ? caches
            : home.Length > 0 ? Path.Combine(home, ".cache")
            : Path.GetTempPath();
        return Path.Combine(parent, "austream");
    }
}
