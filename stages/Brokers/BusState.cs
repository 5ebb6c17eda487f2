namespace AuStream.Stages.Brokers;

/// <summary>Whether a bus can deliver.</summary>
public enum BusState
{
    /// <summary>There is no connection.</summary>
    Disconnected,

    /// <summary>The first attempt is under way.</summary>
    Connecting,

    /// <summary>The broker accepted this client: messages flow.</summary>
    Connected,

    /// <summary>Someone answered, but there is no session: wrong password, wrong certificate, wrong protocol.</summary>
    Refused,
}
