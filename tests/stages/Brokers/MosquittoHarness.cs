using AuStream.Stages.Brokers;
using AuStream.Stages.Brokers.Mosquitto;
using AuStream.Testing;

namespace AuStream.Stages.Tests.Brokers;

/// <summary>A real mosquitto, a network that can be cut between it and the bus, and a consumer in another process.</summary>
internal sealed class MosquittoHarness : IBusHarness
{
    private readonly MosquittoFixture _broker;
    private readonly TcpRelay _network;
    private MosquittoSubscriber _subscriber;

    private MosquittoHarness(MosquittoFixture broker, TcpRelay network, MosquittoSubscriber subscriber, MosquittoBus bus)
    {
        _broker = broker;
        _network = network;
        _subscriber = subscriber;
        Bus = bus;
    }

    public IMessageBus Bus { get; }

    public MosquittoFixture Broker => _broker;

    public static async Task<MosquittoHarness> StartAsync(MqttVersion version, LastWill? will = null, Func<MosquittoBusOptions, MosquittoBusOptions>? configure = null)
    {
        MosquittoFixture broker = await MosquittoFixture.StartAsync();
        TcpRelay network = new(broker.Port);
        MosquittoSubscriber subscriber = await MosquittoSubscriber.StartAsync(broker.Port);
        MosquittoBusOptions options = Options(network.Port, version) with { Will = will };
        return new MosquittoHarness(broker, network, subscriber, new MosquittoBus(configure?.Invoke(options) ?? options));
    }

    public static MosquittoBusOptions Options(int port, MqttVersion version = MqttVersion.V5) => new()
    {
        Host = "127.0.0.1",
        Port = port,
        Version = version,
        ReconnectDelay = TimeSpan.FromMilliseconds(20),
        MaxReconnectDelay = TimeSpan.FromMilliseconds(100),
    };

    public IMessageBus CreateSecondBus() => new MosquittoBus(Options(_broker.Port));

    public async Task<IReadOnlyList<(string Topic, string Payload)>> ObserveAsync(int count) =>
        [.. (await _subscriber.WaitForAsync(count)).Select(message => (message.Topic, message.Payload))];

    public Task TakeBrokerAwayAsync()
    {
        _broker.Kill();
        _network.Cut();
        return Task.CompletedTask;
    }

    public async Task BringBrokerBackAsync()
    {
        // The bus waits behind the cut network until the new consumer has subscribed.
        await _broker.StartAgainAsync();
        await _subscriber.DisposeAsync();
        _subscriber = await MosquittoSubscriber.StartAsync(_broker.Port);
        _network.Mend();
    }

    public async Task RefuseEverybodyAsync()
    {
        _broker.Kill();
        await _broker.StartAgainAsync("allow_anonymous false");
    }

    public Task CutAsync()
    {
        _network.Cut();
        _network.Mend();
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await Bus.DisposeAsync();
        await _subscriber.DisposeAsync();
        _network.Dispose();
        await _broker.DisposeAsync();
    }
}
