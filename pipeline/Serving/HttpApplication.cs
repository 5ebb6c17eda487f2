using System.Text;
using System.Text.Json;
using AuStream.Models.Sessions;
using AuStream.Pipeline.Observing;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AuStream.Pipeline.Serving;

/// <summary>Answers /livez, /readyz and /metrics.</summary>
internal sealed class HttpApplication(ServiceState state) : IHttpApplication<HttpContext>
{
    private static readonly string[] s_paths = ["/livez", "/readyz", "/metrics"];
    private readonly HealthProbe _probe = new(state);
    private readonly ServiceMetrics _metrics = new(state);

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public Task ProcessRequestAsync(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            return AnswerAsync(context, StatusCodes.Status405MethodNotAllowed, "text/plain; charset=utf-8", "Only GET and HEAD are answered.\n");
        }

        return context.Request.Path.Value switch
        {
            "/livez" => AnswerAsync(context, _probe.Live(), "alive", "stuck"),
            "/readyz" => AnswerAsync(context, _probe.Ready(), "ready", "degraded"),
            "/metrics" => AnswerAsync(context, StatusCodes.Status200OK, PrometheusText.MediaType, PrometheusText.Write(_metrics.Collect())),
            _ => AnswerAsync(context, StatusCodes.Status404NotFound, "text/plain; charset=utf-8", $"There are {string.Join(", ", s_paths)}.\n"),
        };
    }

    private static async Task AnswerAsync(HttpContext context, int status, string mediaType, string body)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        context.Response.StatusCode = status;
        context.Response.ContentType = mediaType;
        context.Response.ContentLength = bytes.Length;
        context.Response.Headers.CacheControl = "no-store";
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
        }
    }

    private Task AnswerAsync(HttpContext context, HealthAnswer answer, string good, string bad)
    {
        string body = JsonSerializer.Serialize(new
        {
            status = answer.IsGood ? good : bad,
            reasons = answer.Reasons,
            streams = state.Streams.ToDictionary(stream => stream.Id, Describe),
            models = state.Models.ToDictionary(one => one.Model, one => one.Session.ProviderInUse.Word()),
        });
        return AnswerAsync(context, answer.IsGood ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, "application/json", body + "\n");
    }

    private static object Describe(StreamMonitor stream) => new { state = stream.State, frames = stream.Totals().FramesOut, restarts = stream.Restarts };
}
