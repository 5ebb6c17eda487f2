using System.Runtime.InteropServices;

namespace AuStream.Synthesis.Measuring;

/// <summary>
/// Counts the time that the calling thread has worked (CLOCK_THREAD_CPUTIME_ID of POSIX), so that measurements hold on a busy machine;
/// the wall clock where there is none. Differences are meaningful within one thread only. Thread-safe.
/// </summary>
public sealed partial class ThreadClock : TimeProvider
{
    private const int ThreadCpuTime = 3;

    /// <inheritdoc/>
    public override long TimestampFrequency => OperatingSystem.IsLinux() ? 1_000_000_000 : base.TimestampFrequency;

    /// <inheritdoc/>
    public override long GetTimestamp() =>
        OperatingSystem.IsLinux() && GetTime(ThreadCpuTime, out TimeSpec now) == 0 ? (now.Seconds * 1_000_000_000) + now.Nanoseconds : base.GetTimestamp();

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeSpec
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
