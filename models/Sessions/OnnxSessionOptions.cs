namespace AuStream.Models.Sessions;

/// <summary>How a network is computed. Defaults suit many small networks on few cores.</summary>
public sealed record OnnxSessionOptions
{
    /// <summary>What may compute.</summary>
    public ProviderPreference Provider { get; init; } = ProviderPreference.Cpu;

    /// <summary>Threads within one operation, 1–256. One is fastest for these networks; streams run side by side instead.</summary>
    public int IntraOpThreads { get; init; } = 1;

    /// <summary>Folder for TensorRT's engines, which take minutes to build; null for <see cref="Sessions.CacheFolder.Default"/>.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>Largest batch that TensorRT prepares for and that shared calls are filled up to, 1–<see cref="OnnxRunner.LargestBatch"/>.</summary>
    public int LargestBatch { get; init; } = 32;

    /// <summary>Whether streams that call the network at the same time share one call.</summary>
    public CallSharing Sharing { get; init; } = CallSharing.Auto;

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message names it.</exception>
    public void Validate()
    {
        if (!Enum.IsDefined(Provider))
        {
            throw new ArgumentException($"Execution provider {Provider} is not known.");
        }

        if (!Enum.IsDefined(Sharing))
        {
            throw new ArgumentException($"Sharing of calls {Sharing} is not known.");
        }

        if (IntraOpThreads is < 1 or > 256)
        {
            throw new ArgumentException($"IntraOpThreads is {IntraOpThreads}, it must be 1 to 256.");
        }

        if (LargestBatch is < 1 or > OnnxRunner.LargestBatch)
        {
            throw new ArgumentException($"LargestBatch is {LargestBatch}, it must be 1 to {OnnxRunner.LargestBatch}.");
        }
    }
}
