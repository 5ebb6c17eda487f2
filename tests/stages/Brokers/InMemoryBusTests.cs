using System.Text;
using AuStream.Stages.Brokers;
using AuStream.Stages.Brokers.InMemory;

namespace AuStream.Stages.Tests.Brokers;

public sealed class InMemoryBusTests : BrokerBusContract
{
    protected override int AllocationPerFrame => 4000;

    protected override Task<IBusHarness> StartAsync(LastWill? will = null) => Task.FromResult<IBusHarness>(new Harness(will));

    private sealed class Harness : IBusHarness
    {
        private readonly InMemoryBroker _broker = new();
        private readonly InMemoryBus _bus;

        public Harness(LastWill? will)
        {
            _bus = new InMemoryBus(_broker, will);
        }

        public IMessageBus Bus => _bus;

        public IMessageBus CreateSecondBus() => new InMemoryBus(_broker);

        public Task<IReadOnlyList<(string Topic, string Payload)>> ObserveAsync(int count)
        {
            _broker.Messages.Count.ShouldBeGreaterThanOrEqualTo(count);
            return Task.FromResult<IReadOnlyList<(string, string)>>(
                [.. _broker.Messages.Select(message => (message.Route.Topic, Encoding.UTF8.GetString(message.Payload)))]);
        }

        public Task TakeBrokerAwayAsync()
        {
            _broker.GoAway();
            return Task.CompletedTask;
        }

        public Task BringBrokerBackAsync()
        {
            _broker.ComeBack();
            return Task.CompletedTask;
        }

        public Task RefuseEverybodyAsync()
        {
            _broker.Refuse("not authorised");
            return Task.CompletedTask;
        }

        public Task CutAsync()
        {
            _broker.Cut(_bus);
            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync() => _bus.DisposeAsync();
    }
}
