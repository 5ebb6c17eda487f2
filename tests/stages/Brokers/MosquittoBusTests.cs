using AuStream.Stages.Brokers;
using AuStream.Stages.Brokers.Mosquitto;
using AuStream.Testing;

namespace AuStream.Stages.Tests.Brokers;

public sealed class MosquittoBusTests : BrokerBusContract
{
    protected override async Task<IBusHarness> StartAsync(LastWill? will = null) =>
        await MosquittoHarness.StartAsync(MqttVersion.V5, will);
}

public sealed class MosquittoBusOverMqtt311Tests : BrokerBusContract
{
    protected override async Task<IBusHarness> StartAsync(LastWill? will = null) =>
        await MosquittoHarness.StartAsync(MqttVersion.V311, will);

    protected override bool CarriesRequests => false;
}
