namespace AuStream.Stages.Brokers;

/// <summary>What became of a message.</summary>
public enum PublishOutcome
{
    /// <summary>Handed to the connection (<see cref="QualityOfService.AtMostOnce"/> only).</summary>
    Sent,

    /// <summary>Not sent: no connection, or its queue is full (<see cref="QualityOfService.AtMostOnce"/> only).</summary>
    Dropped,

    /// <summary>The broker has it (<see cref="QualityOfService.AtLeastOnce"/> only).</summary>
    Acknowledged,

    /// <summary>The connection ended before an acknowledgement: the broker may or may not have it. Publish it again.</summary>
    NotAcknowledged,

    /// <summary>The broker answered that it does not take it: not authorised, quota exceeded, bad topic.</summary>
    Rejected,
}
