namespace AuStream.Models.Sessions;

/// <summary>Finds out which execution providers work on this machine.</summary>
public static class ProviderProbe
{
    /// <summary>Says why a provider does not work here, with the remedy where one is known; null when it works.</summary>
    /// <remarks>Loads the provider's libraries, which may take a second.</remarks>
    public static string? WhyNot(ExecutionProvider provider) =>
        GpuMachine.Current.WhyNot(provider) ?? NativeSessions.WhyNotAppended(provider);
}
