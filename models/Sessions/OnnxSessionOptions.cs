namespace AuStream.Models.Sessions;

/// <summary>How a network is computed. Defaults suit many small networks on few cores.</summary>
public sealed record OnnxSessionOptions
{
    /// <summary>What computes.</summary>
    public ExecutionProvider Provider { get; init; } = ExecutionProvider.Cpu;

    /// <summary>Threads within one operation, 1–256. One is fastest for these networks; streams run side by side instead.</summary>
    public int IntraOpThreads { get; init; } = 1;

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message names it.</exception>
    public void Validate()
    {
        if (!Enum.IsDefined(Provider))
        {
            throw new ArgumentException($"Execution provider {Provider} is not known.");
        }

        if (IntraOpThreads is < 1 or > 256)
        {
            throw new ArgumentException($"IntraOpThreads is {IntraOpThreads}, it must be 1 to 256.");
        }
    }
}
