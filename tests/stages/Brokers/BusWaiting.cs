using AuStream.Stages.Brokers;

namespace AuStream.Stages.Tests.Brokers;

internal static class BusWaiting
{
    /// <summary>Waits for a state, and for at least so many connections in all.</summary>
    public static async Task<BusStatus> WaitForAsync(this IMessageBus bus, BusState state, int connects = 0)
    {
        TaskCompletionSource<BusStatus> reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(BusStatus status)
        {
            if (status.State == state && bus.Counters.Connects >= connects)
            {
                reached.TrySetResult(status);
            }
        }

        bus.StatusChanged += Look;
        Look(bus.Status);
        try
        {
            return await reached.Task.WaitAsync(TimeSpan.FromSeconds(15));
        }
        finally
        {
            bus.StatusChanged -= Look;
        }
    }
}
