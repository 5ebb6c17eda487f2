namespace AuStream.Stages.Brokers.Mosquitto;

/// <summary>What is known about the end of an attempt or a connection.</summary>
/// <param name="Options">Where it went.</param>
/// <param name="WasConnected">True when the broker had accepted the client.</param>
/// <param name="Error">The library's error number.</param>
/// <param name="ErrorText">What that means.</param>
/// <param name="Refusal">The broker's reason for not accepting the client.</param>
/// <param name="Closing">The broker's reason for ending the connection.</param>
/// <param name="Complaint">The library's last warning or error; names the trouble with certificates.</param>
internal sealed record EndFacts(
    MosquittoBusOptions Options, bool WasConnected, int Error, string ErrorText, string? Refusal, string? Closing, string? Complaint)
{
    /// <summary>What to say about it: lost, refused, or out of reach.</summary>
    internal BusStatus Describe()
    {
        if (WasConnected)
        {
            return new BusStatus(BusState.Disconnected, $"{Options}: the connection was lost: {Closing ?? ErrorText}");
        }

        if (Refusal is not null)
        {
            return new BusStatus(BusState.Refused, $"{Options} refused the connection: {Refusal}");
        }

        if (Error is MosquittoCode.Tls or MosquittoCode.TlsHandshake || (Options.Tls is not null && Complaint is not null))
        {
            return new BusStatus(BusState.Refused, $"{Options}: no encrypted connection: {Complaint ?? ErrorText}");
        }

        string hint = Options.Tls is null ? "does it expect TLS (mqtts://)" : "does it offer TLS";
        return Error == MosquittoCode.ConnectionLost
            ? new BusStatus(BusState.Refused, $"{Options} closed the connection without an answer: is it an MQTT port, {hint}, or is it full (too many connections)?")
            : new BusStatus(BusState.Disconnected, $"{Options} cannot be reached: {Complaint ?? ErrorText}");
    }
}
