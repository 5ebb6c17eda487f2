namespace AuStream.Stages.Brokers.Mosquitto;

/// <summary>Numbers of <c>mosquitto.h</c> and <c>mqtt_protocol.h</c> that the adapter decides by.</summary>
internal static class MosquittoCode
{
    internal const int Success = 0;
    internal const int OutOfMemory = 1;
    internal const int NoConnection = 4;
    internal const int ConnectionLost = 7;
    internal const int Tls = 8;
    internal const int SystemError = 14;
    internal const int LookupFailed = 15;
    internal const int KeepAlive = 19;
    internal const int TlsHandshake = 23;

    internal const int OptionProtocolVersion = 1;
    internal const int OptionNoDelay = 11;

    internal const int ProtocolVersion311 = 4;
    internal const int ProtocolVersion5 = 5;

    internal const int PropertyPayloadFormat = 1;
    internal const int PropertyMessageExpiry = 2;
    internal const int PropertyContentType = 3;
    internal const int PropertyResponseTopic = 8;
    internal const int PropertyCorrelationData = 9;
    internal const int PropertyReasonString = 31;
    internal const int PropertyUserProperty = 38;

    internal const int LogError = 1 << 3;
    internal const int LogWarning = 1 << 2;

    internal const int ReasonFailure = 0x80;
    internal const int ReasonTopicNameInvalid = 0x90;
    internal const int ReasonPacketTooLarge = 0x95;
    internal const int ReasonPayloadFormatInvalid = 0x99;
}
