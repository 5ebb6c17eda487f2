using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using AuStream.Pipeline.Commands;
using AuStream.Pipeline.Configuration;
using AuStream.Pipeline.Serving;
using AuStream.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuStream.Graph.Tests.Serving;

public sealed class HealthServerTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Probes_answer_200_or_503_with_the_reasons_and_metrics_their_text()
    {
        ServiceState state = Monitors.State(Monitors.Create("cam", "waiting, attempt 2", _time));
        await using HealthServer server = await StartAsync(state);
        using HttpClient client = new() { BaseAddress = server.Address };

        (await client.GetAsync("/livez")).StatusCode.ShouldBe(HttpStatusCode.OK);
        HttpResponseMessage ready = await client.GetAsync("/readyz");
        ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        JsonElement body = JsonDocument.Parse(await ready.Content.ReadAsStringAsync()).RootElement;
        body.GetProperty("status").GetString().ShouldBe("degraded");
        body.GetProperty("reasons")[0].GetString().ShouldBe("stream cam: waiting, attempt 2");
        body.GetProperty("streams").GetProperty("cam").GetProperty("state").GetString().ShouldBe("waiting, attempt 2");
        state.Find("cam")!.State = "running";
        (await client.GetAsync("/readyz")).StatusCode.ShouldBe(HttpStatusCode.OK);
        HttpResponseMessage metrics = await client.GetAsync("/metrics");
        metrics.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; version=0.0.4; charset=utf-8");
        (await metrics.Content.ReadAsStringAsync()).ShouldContain("austream_stream_up{stream=\"cam\"} 1");
        server.Address.Host.ShouldBe("127.0.0.1");
    }

    [Fact]
    public async Task Other_paths_and_methods_are_refused()
    {
        await using HealthServer server = await StartAsync(Monitors.State());
        using HttpClient client = new() { BaseAddress = server.Address };

        (await client.GetAsync("/secrets")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await client.PostAsync("/metrics", null)).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        using HttpRequestMessage head = new(HttpMethod.Head, "/livez");
        HttpResponseMessage answer = await client.SendAsync(head);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_chosen_port_that_is_taken_is_an_error_that_names_the_key()
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        int port = ((IPEndPoint)other.LocalEndpoint).Port;

        UnavailableException refused = await Should.ThrowAsync<UnavailableException>(() =>
            HealthServer.StartAsync(new HealthConfiguration { Port = port }, Monitors.State(), NullLogger.Instance, CancellationToken.None));

        refused.Message.ShouldContain("health.port");
    }

    [Fact]
    public async Task Any_address_of_the_machine_can_be_listened_on()
    {
        await using HealthServer server = await HealthServer.StartAsync(new HealthConfiguration { Port = 0, Address = "0.0.0.0" }, Monitors.State(), NullLogger.Instance, CancellationToken.None);
        using HttpClient client = new();

        (await client.GetAsync($"http://127.0.0.1:{server.Address.Port}/livez")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static Task<HealthServer> StartAsync(ServiceState state) =>
        HealthServer.StartAsync(new HealthConfiguration { Port = 0 }, state, NullLogger.Instance, CancellationToken.None);
}
