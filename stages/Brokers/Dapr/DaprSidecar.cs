using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace AuStream.Stages.Brokers.Dapr;

/// <summary>The calls of Dapr's HTTP API that are used (docs.dapr.io, reference/api: health, metadata, pubsub, secrets).</summary>
/// <remarks>Thread-safe. Network trouble is <see cref="HttpRequestException"/>, a request that takes too long <see cref="TaskCanceledException"/>.</remarks>
internal sealed class DaprSidecar : IDisposable
{
    private readonly DaprEndpoint _endpoint;
    private readonly HttpClient _http;

    public DaprSidecar(DaprEndpoint endpoint)
    {
        _endpoint = endpoint;
#pragma warning disable CA2000 // Disposed with the client.
        SocketsHttpHandler handler = new() { UseProxy = false, AllowAutoRedirect = false, PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1) };
#pragma warning restore CA2000
        _http = new HttpClient(handler, disposeHandler: true) { BaseAddress = endpoint.Address, Timeout = endpoint.Timeout };
    }

    /// <summary>True when the sidecar and its outgoing components are up.</summary>
    public async Task<bool> IsHealthyAsync(CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await SendAsync(HttpMethod.Get, "v1.0/healthz/outbound", null, cancellationToken).ConfigureAwait(false);
        return response.IsSuccessStatusCode;
    }

    /// <summary>Why messages to a pub/sub component would not be taken; null when nothing speaks against it.</summary>
    public async Task<string?> FindRefusalAsync(string pubSub, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await SendAsync(HttpMethod.Get, "v1.0/metadata", null, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            return $"the API token is not accepted ({(int)response.StatusCode}): set DAPR_API_TOKEN to the sidecar's";
        }

        if (!response.IsSuccessStatusCode)
        {
            // The operator may have closed this part of the API; publishing will tell.
            return null;
        }

        using JsonDocument metadata = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
        if (!metadata.RootElement.TryGetProperty("components", out JsonElement components) || components.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        string[] known = [.. components.EnumerateArray()
            .Where(one => one.GetProperty("type").GetString()!.StartsWith("pubsub.", StringComparison.Ordinal))
            .Select(one => one.GetProperty("name").GetString()!)];
        return known.Contains(pubSub) ? null
            : $"the sidecar has no pub/sub component '{pubSub}' (it has {(known.Length == 0 ? "none" : string.Join(", ", known))}): check its components folder and scopes";
    }

    /// <summary>Publishes one CloudEvent.</summary>
    public Task<HttpResponseMessage> PublishAsync(string pubSub, string topic, ReadOnlyMemory<byte> cloudEvent, TimeSpan? expiry, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, $"v1.0/publish/{Uri.EscapeDataString(pubSub)}/{topic}{Query(expiry)}", Content(cloudEvent, "application/cloudevents+json"), cancellationToken);

    /// <summary>Publishes a JSON array of entries with one CloudEvent each.</summary>
    public Task<HttpResponseMessage> PublishBulkAsync(string pubSub, string topic, ReadOnlyMemory<byte> entries, TimeSpan? expiry, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, $"v1.0-alpha1/publish/bulk/{Uri.EscapeDataString(pubSub)}/{topic}{Query(expiry)}", Content(entries, "application/json"), cancellationToken);

    /// <summary>A secret's fields, without waiting asynchronously.</summary>
    public HttpResponseMessage ReadSecret(string store, string name)
    {
        using HttpRequestMessage request = Request(HttpMethod.Get, $"v1.0/secrets/{Uri.EscapeDataString(store)}/{Uri.EscapeDataString(name)}", null);
        return _http.Send(request);
    }

    public void Dispose() => _http.Dispose();

    private static string Query(TimeSpan? expiry) =>
        expiry is { } span ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"?metadata.ttlInSeconds={Math.Max(1, Math.Ceiling(span.TotalSeconds))}") : "";

    private static ReadOnlyMemoryContent Content(ReadOnlyMemory<byte> body, string type) => new(body) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = Request(method, path, content);
        return await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private HttpRequestMessage Request(HttpMethod method, string path, HttpContent? content)
    {
        HttpRequestMessage request = new(method, path) { Content = content };
        if (_endpoint.ApiToken is { } token)
        {
            request.Headers.Add("dapr-api-token", token.Read());
        }

        return request;
    }
}
