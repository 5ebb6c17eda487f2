using System.Text.Encodings.Web;
using System.Text.Json;
using AuStream.Stages.Publishing;

namespace AuStream.Stages.Messages;

/// <summary>The fields that every message begins with: what it is and where it comes from.</summary>
internal sealed class JsonOrigin(SessionInfo session)
{
    private static readonly JsonEncodedText s_schema = JsonEncodedText.Encode("schema");
    private static readonly JsonEncodedText s_site = JsonEncodedText.Encode("site");
    private static readonly JsonEncodedText s_stream = JsonEncodedText.Encode("stream");
    private static readonly JsonEncodedText s_session = JsonEncodedText.Encode("session");

    private readonly JsonEncodedText _site = JsonEncodedText.Encode(session.Site, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
    private readonly JsonEncodedText _stream = JsonEncodedText.Encode(session.StreamId, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
    private readonly JsonEncodedText _session = JsonEncodedText.Encode(session.SessionId);

    internal void Write(Utf8JsonWriter json, string schema)
    {
        json.WriteString(s_schema, schema);
        json.WriteString(s_site, _site);
        json.WriteString(s_stream, _stream);
        json.WriteString(s_session, _session);
    }
}
