using System.Collections.Concurrent;
using System.Text.Json;
using AuStream.Stages.Brokers;
using AuStream.Stages.Brokers.Mosquitto;

namespace AuStream.EndToEnd.Tests.Programs;

/// <summary>A consumer in another process than the program: everything it received, by the last part of the topic.</summary>
internal sealed class ReceivedMessages : IAsyncDisposable
{
    private readonly MosquittoBus _bus;
    private readonly ConcurrentQueue<(string Topic, JsonElement Message)> _messages = new();

    private ReceivedMessages(int port)
    {
        _bus = new MosquittoBus(new MosquittoBusOptions { Host = "127.0.0.1", Port = port, ReconnectDelay = TimeSpan.FromMilliseconds(50) });
    }

    public static async Task<ReceivedMessages> SubscribeAsync(int port, string filter)
    {
        ReceivedMessages received = new(port);
        await received._bus.ConnectAsync(CancellationToken.None);
        await received._bus.SubscribeAsync(filter, QualityOfService.AtLeastOnce, received.Take, CancellationToken.None);
        return received;
    }

    public IReadOnlyList<JsonElement> On(string topicEnd) =>
        [.. _messages.Where(entry => entry.Topic.EndsWith(topicEnd, StringComparison.Ordinal)).Select(entry => entry.Message)];

    public async Task UntilAsync(Func<ReceivedMessages, bool> condition)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(60));
        while (!condition(this))
        {
            await Task.Delay(20, limit.Token);
        }
    }

    public ValueTask DisposeAsync() => _bus.DisposeAsync();

    private void Take(ReceivedMessage message)
    {
        Utf8JsonReader reader = new(message.Payload);
        _messages.Enqueue((message.Topic, JsonElement.ParseValue(ref reader)));
    }
}
