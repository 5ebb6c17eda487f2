namespace AuStream.Testing;

/// <summary>Measures what work allocates on its thread.</summary>
public static class AllocationMeter
{
    /// <summary>
    /// The least number of managed bytes that one of five rounds of the work allocates. Work that allocates shows in every round;
    /// a garbage collection that another test causes in the middle shows as up to 8 KiB in one of them.
    /// </summary>
    public static long Least(Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        long least = long.MaxValue;
        for (int round = 0; round < 5 && least > 0; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
