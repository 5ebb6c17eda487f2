namespace AuStream.Stages.Brokers.Mosquitto;

/// <summary>What a <see cref="MosquittoConnection"/> tells the bus that made it, on the connection's thread.</summary>
internal interface IMosquittoOwner
{
    /// <summary>The broker accepted the client.</summary>
    void Connected(MosquittoConnection connection);

    /// <summary>A message with acknowledgement came to its end.</summary>
    void Settled(PendingPublication publication, PublishResult result);

    /// <summary>A message arrived.</summary>
    void Received(ReceivedMessage message);
}
