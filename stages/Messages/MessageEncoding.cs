namespace AuStream.Stages.Messages;

/// <summary>How messages are encoded; the content is the same.</summary>
public enum MessageEncoding
{
    /// <summary>UTF-8 JSON, described by the JSON Schemas in <c>docs/schemas</c>.</summary>
    Json,

    /// <summary>Protocol Buffers, described by <c>docs/schemas/austream.proto</c>.</summary>
    Protobuf,
}
