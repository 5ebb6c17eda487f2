using System.Text;

namespace AuStream.Stages.Brokers.Mosquitto;

/// <summary>
/// One attempt to connect and the connection that follows from it, from a fresh native client to its end. Nothing outlives it:
/// what was not acknowledged when it ends is reported so, and libmosquitto's own resending is never relied on.
/// </summary>
/// <remarks><see cref="Run"/> belongs to one thread, on which all callbacks run; <see cref="Publish"/>, <see cref="Subscribe"/> and <see cref="Stop"/> may be called from any.</remarks>
internal sealed class MosquittoConnection : IDisposable
{
    private readonly MosquittoBusOptions _options;
    private readonly IMosquittoOwner _owner;
    private readonly MosquittoHandle _client;
    private readonly Lock _lock = new();
    private readonly Dictionary<int, PendingPublication> _inFlight = [];
    private readonly Dictionary<int, TaskCompletionSource<int>> _subscribing = [];
    private volatile bool _isConnected;
    private volatile bool _stopping;
    private int _queued;
    private bool _wasConnected;
    private string? _refusal;
    private string? _closing;
    private string? _complaint;

    /// <exception cref="MessageBusException">An option cannot be used: a password that cannot be read, a certificate that is not one.</exception>
    public MosquittoConnection(MosquittoBusOptions options, IMosquittoOwner owner)
    {
        _options = options;
        _owner = owner;
        _client = new MosquittoHandle(options.ClientId, this);
        try
        {
            MosquittoCallbacks.Attach(_client);
            MosquittoSetup.Apply(_client, options, () => _complaint);
        }
        catch
        {
            _client.Dispose();
            throw;
        }
    }

    /// <summary>True between the broker's acceptance and the end.</summary>
    public bool IsConnected => _isConnected;

    /// <summary>Messages without acknowledgement that wait to be written to the network.</summary>
    public int Queued => Volatile.Read(ref _queued);

    /// <summary>Connects and serves the connection until it ends or <see cref="Stop"/> is called. Never throws for network reasons.</summary>
    public ConnectionEnd Run()
    {
        long start = Environment.TickCount64;
        int error = MosquittoNative.Connect(_client, _options.Host, _options.Port, (int)_options.KeepAlive.TotalSeconds);
        string? errorText = error == MosquittoCode.Success ? null : MosquittoLibrary.ErrorText(error);
        long goodbye = 0;
        while (error == MosquittoCode.Success)
        {
            error = MosquittoNative.Loop(_client, _isConnected ? 1000 : 50, 1);
            if (error != MosquittoCode.Success)
            {
                errorText = MosquittoLibrary.ErrorText(error);
                break;
            }

            long now = Environment.TickCount64;
            if (!_wasConnected && (_stopping || now - start > _options.ConnectTimeout.TotalMilliseconds))
            {
                errorText = $"no answer within {_options.ConnectTimeout.TotalSeconds:0.#} s";
                break;
            }

            if (_stopping)
            {
                goodbye = goodbye == 0 ? now : goodbye;
                if (now - goodbye > _options.DisconnectTimeout.TotalMilliseconds)
                {
                    break;
                }
            }
        }

        lock (_lock)
        {
            _isConnected = false;
        }

        BusStatus status = _stopping
            ? new BusStatus(BusState.Disconnected)
            : new EndFacts(_options, _wasConnected, error, errorText ?? "unknown", _refusal, _closing, _complaint).Describe();
        FailPending(status.Reason ?? "disconnected");
        return new ConnectionEnd(status, _wasConnected);
    }

    /// <summary>Says goodbye after what is already queued, and lets <see cref="Run"/> return.</summary>
    public void Stop()
    {
        _stopping = true;
        if (_wasConnected)
        {
            MosquittoNative.Disconnect(_client, 0, 0);
        }
    }

    /// <summary>Hands a message without acknowledgement to the connection. Returns the library's error number.</summary>
    public unsafe int Publish(MosquittoRoutes.NativeRoute native, bool retain, ReadOnlySpan<byte> payload)
    {
        Interlocked.Increment(ref _queued);
        int error;
        fixed (byte* topic = native.Topic)
        fixed (byte* bytes = payload)
        {
            error = MosquittoNative.Publish(_client, null, topic, payload.Length, bytes, (int)QualityOfService.AtMostOnce, retain, native.Properties);
        }

        GC.KeepAlive(native);

        if (error != MosquittoCode.Success)
        {
            Interlocked.Decrement(ref _queued);
        }

        return error;
    }

    /// <summary>Hands a message to the connection, whose end its owner will hear of. Returns the library's error number.</summary>
    public unsafe int Publish(PendingPublication publication)
    {
        // The acknowledgement may arrive on the loop's thread before this call returns: it waits for the lock.
        lock (_lock)
        {
            if (!_isConnected)
            {
                return MosquittoCode.NoConnection;
            }

            int messageId;
            int error;
            fixed (byte* topic = publication.Native.Topic)
            fixed (byte* bytes = publication.Payload.Span)
            {
                error = MosquittoNative.Publish(
                    _client, &messageId, topic, publication.Payload.Length, bytes, (int)QualityOfService.AtLeastOnce, publication.Retain, publication.Native.Properties);
            }

            if (error == MosquittoCode.Success)
            {
                _inFlight[messageId] = publication;
            }

            return error;
        }
    }

    /// <summary>Asks for messages; the task completes with the granted quality of service, or a reason code from 128.</summary>
    public Task<int> Subscribe(string topicFilter, QualityOfService qualityOfService)
    {
        TaskCompletionSource<int> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            int error = MosquittoNative.Subscribe(_client, out int messageId, topicFilter, (int)qualityOfService, 0, 0);
            if (error == MosquittoCode.Success)
            {
                _subscribing[messageId] = completion;
            }
            else if (error is MosquittoCode.NoConnection or MosquittoCode.ConnectionLost)
            {
                completion.SetCanceled();
            }
            else
            {
                completion.SetException(new MessageBusException($"Subscribing to {topicFilter} failed: {MosquittoLibrary.ErrorText(error)}."));
            }
        }

        return completion.Task;
    }

    public void Dispose() => _client.Dispose();

    internal void Answered(int code, string? reason)
    {
        if (code == MosquittoCode.Success)
        {
            _wasConnected = true;
            _isConnected = true;
            _owner.Connected(this);
            if (_stopping)
            {
                Stop();
            }
        }
        else
        {
            string text = _options.Version == MqttVersion.V5 ? MosquittoLibrary.ReasonText(code) : MosquittoLibrary.ConnackText(code);
            _refusal = reason is null ? text : $"{text} ({reason})";
        }
    }

    internal void Closed(int code, string? reason)
    {
        if (code >= MosquittoCode.ReasonFailure)
        {
            _closing = reason ?? MosquittoLibrary.ReasonText(code);
        }
    }

    internal void Published(int messageId, int reasonCode)
    {
        PendingPublication? publication;
        lock (_lock)
        {
            if (!_inFlight.Remove(messageId, out publication))
            {
                Interlocked.Decrement(ref _queued);
                return;
            }
        }

        _owner.Settled(publication, reasonCode < MosquittoCode.ReasonFailure
            ? new PublishResult(PublishOutcome.Acknowledged)
            : new PublishResult(
                PublishOutcome.Rejected,
                MosquittoLibrary.ReasonText(reasonCode),
                reasonCode is MosquittoCode.ReasonTopicNameInvalid or MosquittoCode.ReasonPacketTooLarge or MosquittoCode.ReasonPayloadFormatInvalid));
    }

    internal void Subscribed(int messageId, int granted)
    {
        TaskCompletionSource<int>? completion;
        lock (_lock)
        {
            _subscribing.Remove(messageId, out completion);
        }

        completion?.SetResult(granted);
    }

    internal void Received(ReceivedMessage message) => _owner.Received(message);

    internal void Complained(string text) => _complaint = text;

    internal int CopyKeyPassword(Span<byte> buffer)
    {
        string password = _options.Tls?.KeyPassword?.Read() ?? string.Empty;
        return Encoding.UTF8.TryGetBytes(password, buffer, out int written) ? written : 0;
    }

    private void FailPending(string reason)
    {
        PendingPublication[] publications;
        TaskCompletionSource<int>[] subscriptions;
        lock (_lock)
        {
            publications = [.. _inFlight.Values];
            subscriptions = [.. _subscribing.Values];
            _inFlight.Clear();
            _subscribing.Clear();
        }

        foreach (PendingPublication publication in publications)
        {
            _owner.Settled(publication, new PublishResult(PublishOutcome.NotAcknowledged, reason));
        }

        foreach (TaskCompletionSource<int> subscription in subscriptions)
        {
            subscription.SetCanceled();
        }
    }
}
