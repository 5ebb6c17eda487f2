using System.Net;
using System.Text.Json;

namespace AuStream.Stages.Brokers.Dapr;

/// <summary>Secrets from a Dapr secret store component.</summary>
/// <remarks>Thread-safe. Dispose it after the last use of its secrets.</remarks>
/// <param name="endpoint">The sidecar.</param>
/// <param name="store">Name of the secret store component.</param>
public sealed class DaprSecretStore(DaprEndpoint endpoint, string store) : IDisposable
{
    private readonly DaprSidecar _sidecar = new(endpoint);

    /// <summary>A secret that is read from the store whenever it is needed.</summary>
    /// <param name="key">Its name; <c>name/field</c> where a secret has several fields.</param>
    public SecretSource Get(string key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return SecretSource.FromProvider($"secret {key} in the Dapr store {store}", () => Read(key));
    }

    /// <inheritdoc/>
    public void Dispose() => _sidecar.Dispose();

    private string Read(string key)
    {
        string[] parts = key.Split('/', 2);
        try
        {
            using HttpResponseMessage response = _sidecar.ReadSecret(store, parts[0]);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                throw new MessageBusException($"The Dapr secret store '{store}' does not give the secret '{key}': {Explain(response.StatusCode)}.");
            }

            using JsonDocument fields = JsonDocument.Parse(response.Content.ReadAsStream());
            string field = parts[^1];
            return fields.RootElement.TryGetProperty(field, out JsonElement value) && value.ValueKind == JsonValueKind.String
                ? value.GetString()!
                : throw new MessageBusException(
                    $"The secret '{parts[0]}' of the Dapr secret store '{store}' has no field '{field}': write name/field, with one of {string.Join(", ", fields.RootElement.EnumerateObject().Select(one => one.Name))}.");
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or JsonException)
        {
            throw new MessageBusException($"The Dapr sidecar at {endpoint.Address} does not give the secret '{key}': {e.Message}", e);
        }
    }

    private static string Explain(HttpStatusCode code) => code switch
    {
        HttpStatusCode.NoContent or HttpStatusCode.NotFound => "there is no such secret",
        HttpStatusCode.BadRequest => "there is no such store, or it is not configured right",
        HttpStatusCode.Unauthorized => "the API token is not accepted",
        HttpStatusCode.Forbidden => "access is denied",
        _ => $"it answered {(int)code}",
    };
}
