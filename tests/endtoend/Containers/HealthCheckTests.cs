using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AuStream.EndToEnd.Tests.Containers;

/// <summary>The images' health check, which speaks HTTP in plain bash.</summary>
public class HealthCheckTests
{
    [Theory]
    [InlineData("HTTP/1.1 200 OK", true)]
    [InlineData("HTTP/1.1 503 Service Unavailable", false)]
    [InlineData("200 is not HTTP", false)]
    [InlineData("", false)]
    public async Task It_is_content_with_200_only(string statusLine, bool content)
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        Task<string> request = AnswerAsync(listener, statusLine);

        int exitCode = await CheckAsync(((IPEndPoint)listener.LocalEndpoint).Port);

        (exitCode == 0).ShouldBe(content);
        (await request).ShouldStartWith("GET /livez HTTP/1.0\r\n");
    }

    [Fact]
    public async Task It_is_not_content_when_nobody_listens()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        (await CheckAsync(port)).ShouldNotBe(0);
    }

    private static async Task<int> CheckAsync(int port)
    {
        ProcessStartInfo start = ShellCommand.CreateStart(ShellCommand.PathOf("eng/containers/healthcheck.sh"));
        start.Environment["AUSTREAM__HEALTH__PORT"] = $"{port}";
        return (await ShellCommand.RunAsync(start)).ExitCode;
    }

    private static async Task<string> AnswerAsync(TcpListener listener, string statusLine)
    {
        using TcpClient client = await listener.AcceptTcpClientAsync();
        byte[] buffer = new byte[1024];
        int count = await client.GetStream().ReadAsync(buffer);
        if (statusLine.Length > 0)
        {
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"{statusLine}\r\nContent-Length: 0\r\n\r\n"));
        }

        return Encoding.ASCII.GetString(buffer, 0, count);
    }
}
