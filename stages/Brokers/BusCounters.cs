namespace AuStream.Stages.Brokers;

/// <summary>What a bus did since it was made.</summary>
/// <param name="Sent">Messages handed to the connection without acknowledgement.</param>
/// <param name="Dropped">Messages without acknowledgement that were dropped.</param>
/// <param name="Acknowledged">Messages the broker acknowledged.</param>
/// <param name="NotAcknowledged">Publications with acknowledgement whose connection ended first.</param>
/// <param name="Rejected">Messages the broker rejected.</param>
/// <param name="Connects">Connections that the broker accepted.</param>
public readonly record struct BusCounters(
    long Sent,
    long Dropped,
    long Acknowledged,
    long NotAcknowledged,
    long Rejected,
    long Connects);
