using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using AuStream.Testing;

namespace AuStream.Stages.Tests.Brokers.Dapr;

/// <summary>
/// A sidecar as Dapr's published API reference describes it: health, metadata, publish, bulk publish, secrets, with their status
/// codes. Written from that description; it is not Dapr.
/// </summary>
internal sealed class DaprServer : IAsyncDisposable
{
    private readonly List<(string PubSub, string Topic, JsonNode Event, string Query)> _events = [];
    private readonly Lock _lock = new();
    private WebApplication? _web;

    public int Port { get; } = MosquittoFixture.FreePort();

    public bool IsHealthy { get; set; } = true;

    public string? Token { get; set; }

    public string[] PubSubs { get; set; } = ["pubsub"];

    /// <summary>Answers the next so many publications with this status.</summary>
    public (int Count, int Status) Failing { get; set; }

    /// <summary>Entries of a bulk request that fail.</summary>
    public Func<int, bool> FailsEntry { get; set; } = _ => false;

    public bool HasBulk { get; set; } = true;

    public int BulkRequests { get; private set; }

    public Dictionary<string, Dictionary<string, string>> Secrets { get; } = [];

    public IReadOnlyList<(string PubSub, string Topic, JsonNode Event, string Query)> Events
    {
        get
        {
            lock (_lock)
            {
                return [.. _events];
            }
        }
    }

    public static async Task<DaprServer> StartAsync()
    {
        DaprServer server = new();
        await server.StartAgainAsync();
        return server;
    }

    public async Task StartAgainAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{Port}");
        _web = builder.Build();
        _web.MapGet("/v1.0/healthz/outbound", () => Results.StatusCode(IsHealthy ? 204 : 500));
        _web.MapGet("/v1.0/metadata", (HttpRequest request) => Guard(request) ?? Results.Json(new
        {
            id = "austream",
            components = PubSubs.Select(name => new { name, type = "pubsub.in-memory", version = "v1" }).ToArray(),
        }));
        _web.MapPost("/v1.0/publish/{pubsub}/{**topic}", (string pubsub, string topic, HttpRequest request) => PublishAsync(pubsub, topic, request));
        _web.MapPost("/v1.0-alpha1/publish/bulk/{pubsub}/{**topic}", (string pubsub, string topic, HttpRequest request) => PublishBulkAsync(pubsub, topic, request));
        _web.MapGet("/v1.0/secrets/{store}/{name}", (string store, string name, HttpRequest request) => Guard(request)
            ?? (store != "vault" ? Results.StatusCode(400)
            : Secrets.TryGetValue(name, out Dictionary<string, string>? fields) ? Results.Json(fields)
            : Results.StatusCode(204)));
        await _web.StartAsync();
    }

    public async Task StopAsync()
    {
        if (_web is not null)
        {
            using CancellationTokenSource atOnce = new(TimeSpan.FromMilliseconds(50));
            await _web.StopAsync(atOnce.Token);
            await _web.DisposeAsync();
            _web = null;
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private IResult? Guard(HttpRequest request) => Token is not null && request.Headers["dapr-api-token"] != Token ? Results.StatusCode(401) : null;

    private async Task<IResult> PublishAsync(string pubSub, string topic, HttpRequest request)
    {
        if (Guard(request) is { } refused)
        {
            return refused;
        }

        if (!PubSubs.Contains(pubSub))
        {
            return Results.StatusCode(404);
        }

        JsonNode body = (await JsonNode.ParseAsync(request.Body))!;
        request.ContentType.ShouldBe("application/cloudevents+json");
        lock (_lock)
        {
            if (Failing.Count > 0)
            {
                Failing = (Failing.Count - 1, Failing.Status);
                return Results.StatusCode(Failing.Status);
            }

            _events.Add((pubSub, topic, body, request.QueryString.Value ?? ""));
        }

        return Results.NoContent();
    }

    private async Task<IResult> PublishBulkAsync(string pubSub, string topic, HttpRequest request)
    {
        if (Guard(request) is { } refused)
        {
            return refused;
        }

        if (!HasBulk || !PubSubs.Contains(pubSub))
        {
            return Results.StatusCode(HasBulk ? 400 : 404);
        }

        JsonArray entries = (await JsonNode.ParseAsync(request.Body))!.AsArray();
        entries.Select(entry => entry!["entryId"]!.GetValue<string>()).Distinct().Count().ShouldBe(entries.Count);
        List<object> failed = [];
        lock (_lock)
        {
            BulkRequests++;
            for (int i = 0; i < entries.Count; i++)
            {
                if (FailsEntry(i))
                {
                    failed.Add(new { entryId = entries[i]!["entryId"]!.GetValue<string>(), error = "no" });
                }
                else
                {
                    _events.Add((pubSub, topic, entries[i]!["event"]!.DeepClone(), request.QueryString.Value ?? ""));
                }
            }
        }

        return failed.Count == 0 ? Results.NoContent() : Results.Json(new { failedEntries = failed, errorCode = "ERR_PUBSUB_PUBLISH_MESSAGE" }, statusCode: 500);
    }
}
