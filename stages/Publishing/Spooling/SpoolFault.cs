using Microsoft.Data.Sqlite;

namespace AuStream.Stages.Publishing.Spooling;

/// <summary>What SQLite's error numbers mean for a spool (https://www.sqlite.org/rescode.html).</summary>
internal static class SpoolFault
{
    public const int Corrupt = 11;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    /// <summary>True when the file's content is no use.</summary>
    public static bool IsDamage(SqliteException fault) => fault.SqliteErrorCode is Corrupt or NotADatabase;

    /// <summary>True when another process has the file.</summary>
    public static bool IsInUse(SqliteException fault) => fault.SqliteErrorCode is Busy or Locked;

    /// <summary>What is wrong and what to do about it.</summary>
    public static string Describe(Exception fault, string path) => fault switch
    {
        SqliteException { SqliteErrorCode: Full } => $"the disk of {path} is full: free space",
        SqliteException { SqliteErrorCode: ReadOnly or CannotOpen } or UnauthorizedAccessException => $"{path} cannot be written: check its folder's permissions and whether the disk is mounted read-only",
        SqliteException { SqliteErrorCode: InputOutput } => $"the disk of {path} fails: check it ({fault.Message})",
        SqliteException damage when IsDamage(damage) => $"{path} is damaged",
        _ => $"{path} cannot be used: {fault.Message}",
    };
}
