using System.Diagnostics;
using System.Text.Json;

namespace AuStream.Testing;

/// <summary>A consumer in a process of its own: <c>mosquitto_sub</c>, subscribed before the constructor's task completes.</summary>
public sealed class MosquittoSubscriber : IAsyncDisposable
{
    private readonly Process _process;
    private readonly List<ReceivedMessage> _messages = [];
    private readonly TaskCompletionSource _subscribed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private MosquittoSubscriber(Process process)
    {
        _process = process;
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    /// <summary>One received message. <paramref name="Properties"/> are those of MQTT 5, as mosquitto_sub prints them.</summary>
    public sealed record ReceivedMessage(string Topic, string Payload, int QualityOfService, bool IsRetained, JsonElement Properties);

    /// <summary>What arrived so far, in order.</summary>
    public IReadOnlyList<ReceivedMessage> Messages
    {
        get
        {
            lock (_messages)
            {
                return [.. _messages];
            }
        }
    }

    /// <summary>Subscribes at QoS 1 over MQTT 5.</summary>
    public static async Task<MosquittoSubscriber> StartAsync(int port, string topicFilter = "#", params string[] furtherArguments)
    {
        // Line by line: mosquitto_sub's own buffering would hold back the confirmation of the subscription.
        ProcessStartInfo start = new(
            "stdbuf",
            ["-oL", MosquittoFixture.RequireTool("mosquitto_sub"), "-h", "127.0.0.1", "-p", $"{port}", "-V", "5", "-q", "1", "-t", topicFilter, "-d", "-F", "%j", .. furtherArguments])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        MosquittoSubscriber subscriber = new(new Process { StartInfo = start });
        subscriber._process.OutputDataReceived += (_, line) => subscriber.Read(line.Data);
        subscriber._process.Start();
        subscriber._process.BeginOutputReadLine();
        await subscriber._subscribed.Task.WaitAsync(TimeSpan.FromSeconds(10));
        return subscriber;
    }

    /// <summary>Waits until the condition holds for what arrived.</summary>
    public async Task<IReadOnlyList<ReceivedMessage>> WaitForAsync(Func<IReadOnlyList<ReceivedMessage>, bool> condition, int seconds = 10)
    {
        using CancellationTokenSource timeout = new(TimeSpan.FromSeconds(seconds));
        while (true)
        {
            Task arrived = Volatile.Read(ref _arrived).Task;
            IReadOnlyList<ReceivedMessage> messages = Messages;
            if (condition(messages))
            {
                return messages;
            }

            try
            {
                await arrived.WaitAsync(timeout.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"After {seconds} s the subscriber has {messages.Count} messages: {string.Join(", ", messages.TakeLast(3))}");
            }
        }
    }

    /// <summary>Waits for a number of messages on topics that end with a text.</summary>
    public async Task<IReadOnlyList<ReceivedMessage>> WaitForAsync(int count, string topicEnd = "", int seconds = 10) =>
        [.. (await WaitForAsync(all => all.Count(m => m.Topic.EndsWith(topicEnd, StringComparison.Ordinal)) >= count, seconds))
            .Where(m => m.Topic.EndsWith(topicEnd, StringComparison.Ordinal))];

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        Kill();
        _process.Dispose();
        return ValueTask.CompletedTask;
    }

    private void OnProcessExit(object? sender, EventArgs e) => Kill();

    private void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It ended by itself.
        }
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        if (!line.StartsWith('{'))
        {
            if (line.StartsWith("Subscribed", StringComparison.Ordinal))
            {
                _subscribed.TrySetResult();
            }

            return;
        }

        using JsonDocument document = JsonDocument.Parse(line);
        JsonElement message = document.RootElement;
        lock (_messages)
        {
            _messages.Add(new ReceivedMessage(
                message.GetProperty("topic").GetString()!,
                message.GetProperty("payload").GetString()!,
                message.GetProperty("qos").GetInt32(),
                message.GetProperty("retain").GetInt32() == 1,
                message.TryGetProperty("properties", out JsonElement properties) ? properties.Clone() : default));
        }

        Interlocked.Exchange(ref _arrived, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }
}
