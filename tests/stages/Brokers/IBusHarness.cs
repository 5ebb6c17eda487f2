using AuStream.Stages.Brokers;

namespace AuStream.Stages.Tests.Brokers;

/// <summary>What an adapter brings along to be run through <see cref="MessageBusContract"/>: itself, and its broker.</summary>
public interface IBusHarness : IAsyncDisposable
{
    /// <summary>The bus, not connected yet.</summary>
    IMessageBus Bus { get; }

    /// <summary>Another client of the same broker, not connected yet.</summary>
    IMessageBus CreateSecondBus();

    /// <summary>Topic, contents and retain flag of everything that the broker passed on so far, once there are at least as many as wanted.</summary>
    Task<IReadOnlyList<(string Topic, string Payload)>> ObserveAsync(int count);

    /// <summary>The broker goes away without a word.</summary>
    Task TakeBrokerAwayAsync();

    /// <summary>The broker is back at the same address.</summary>
    Task BringBrokerBackAsync();

    /// <summary>The broker goes on, but lets nobody in any more.</summary>
    Task RefuseEverybodyAsync();

    /// <summary>The bus's connection is cut without a goodbye; a new one can be made at once.</summary>
    Task CutAsync();
}
