using AuStream.Stages.Messages.Binary;
using AuStream.Stages.Publishing;

namespace AuStream.Stages.Messages;

/// <summary>The encoder of an encoding.</summary>
internal static class MessageEncoders
{
    public static IMessageEncoder Create(MessageEncoding encoding, SessionInfo session, string purpose, PrivacyMode privacy) => encoding switch
    {
        MessageEncoding.Json => new JsonMessageEncoder(session, purpose, privacy),
        MessageEncoding.Protobuf => new ProtobufMessageEncoder(session, purpose, privacy),
        _ => throw new ArgumentOutOfRangeException(nameof(encoding), encoding, "Not an encoding."),
    };

    public static string ContentTypeOf(MessageEncoding encoding) => encoding == MessageEncoding.Json ? "application/json" : "application/x-protobuf";
}
