using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace AuStream.Stages.Brokers.Dapr;

/// <summary>Wraps messages into CloudEvents 1.0 (JSON format).</summary>
/// <remarks>The id is made from the topic and the contents: a message that is published again is the same event.</remarks>
internal static class DaprEnvelope
{
    private const int IdBytes = 16;

    /// <summary>Writes one CloudEvent.</summary>
    public static void Write(Utf8JsonWriter json, string source, BusRoute route, ReadOnlySpan<byte> payload)
    {
        json.WriteStartObject();
        json.WriteString("specversion", "1.0");
        json.WriteString("id", IdOf(route.Topic, payload));
        json.WriteString("source", source);
        json.WriteString("type", route.UserProperties.FirstOrDefault(one => one.Key == "schema").Value ?? "austream.message");
        json.WriteString("subject", route.Topic);
        json.WriteString("datacontenttype", route.ContentType);
        if (route.ContentType == "application/json")
        {
            json.WritePropertyName("data");
            json.WriteRawValue(payload, skipInputValidation: true);
        }
        else if (route.IsText)
        {
            json.WriteString("data", payload);
        }
        else
        {
            json.WriteBase64String("data_base64", payload);
        }

        json.WriteEndObject();
    }

    /// <summary>One CloudEvent as bytes.</summary>
    public static ReadOnlyMemory<byte> Create(string source, BusRoute route, ReadOnlySpan<byte> payload)
    {
        ArrayBufferWriter<byte> output = new(payload.Length + 512);
        using (Utf8JsonWriter json = new(output))
        {
            Write(json, source, route, payload);
        }

        return output.WrittenMemory;
    }

    /// <summary>The body of a bulk request: one entry per message, named by its place.</summary>
    public static ReadOnlyMemory<byte> CreateBulk(string source, IReadOnlyList<DaprMessage> messages)
    {
        ArrayBufferWriter<byte> output = new(4096);
        using (Utf8JsonWriter json = new(output))
        {
            json.WriteStartArray();
            for (int i = 0; i < messages.Count; i++)
            {
                json.WriteStartObject();
                json.WriteString("entryId", i.ToString(System.Globalization.CultureInfo.InvariantCulture));
                json.WritePropertyName("event");
                Write(json, source, messages[i].Route, messages[i].Payload.Span);
                json.WriteString("contentType", "application/cloudevents+json");
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return output.WrittenMemory;
    }

    private static string IdOf(string topic, ReadOnlySpan<byte> payload)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(topic));
        hash.AppendData("\n"u8);
        hash.AppendData(payload);
        return Convert.ToHexStringLower(hash.GetHashAndReset()[..IdBytes]);
    }
}
