using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AuStream.Stages.Tests.Decoding;

/// <summary>A web server on a free port of this machine, answering as a test wants.</summary>
internal sealed class WebServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private int _requests;

    private WebServer(WebApplication application)
    {
        _application = application;
    }

    /// <summary>Host and port.</summary>
    public string Authority => new Uri(_application.Urls.First()).Authority;

    /// <summary>Starts a server whose answer depends on the number of the request, from 0.</summary>
    public static async Task<WebServer> StartAsync(Func<HttpContext, int, Task> answer)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new WebServer(builder.Build());
        server._application.Run(context => answer(context, Interlocked.Increment(ref server._requests) - 1));
        await server._application.StartAsync();
        return server;
    }

    /// <summary>Starts a server for the files of a folder.</summary>
    public static Task<WebServer> ServeFolderAsync(string folder) => StartAsync(async (context, _) =>
    {
        string file = Path.Combine(folder, Path.GetFileName(context.Request.Path));
        if (!File.Exists(file))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await context.Response.SendFileAsync(file);
    });

    /// <summary>Sends pictures as cameras do (multipart/x-mixed-replace).</summary>
    public static async Task SendPicturesAsync(HttpContext context, byte[] jpeg, int count, TimeSpan apart)
    {
        if (!context.Response.HasStarted)
        {
            context.Response.ContentType = "multipart/x-mixed-replace; boundary=frame";
        }

        for (int picture = 0; picture < count; picture++)
        {
            string header = string.Create(CultureInfo.InvariantCulture, $"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {jpeg.Length}\r\n\r\n");
            await context.Response.WriteAsync(header, context.RequestAborted);
            await context.Response.Body.WriteAsync(jpeg, context.RequestAborted);
            await context.Response.WriteAsync("\r\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(apart, context.RequestAborted);
        }
    }

    /// <summary>Keeps the connection open in silence until the client leaves.</summary>
    public static Task KeepSilentAsync(HttpContext context) => Task.Delay(System.Threading.Timeout.Infinite, context.RequestAborted);

    public async ValueTask DisposeAsync()
    {
        using var soon = new CancellationTokenSource();
        await soon.CancelAsync();
        await _application.StopAsync(soon.Token);
        await _application.DisposeAsync();
    }
}
