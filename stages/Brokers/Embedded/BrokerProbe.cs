using System.Net;
using System.Net.Sockets;

namespace AuStream.Stages.Brokers.Embedded;

/// <summary>Asks a port on loopback whether an MQTT broker answers there.</summary>
internal static class BrokerProbe
{
    /// <summary>CONNECT of MQTT 3.1.1 (section 3.1): clean session, keep-alive 10 s, empty client id.</summary>
    private static readonly byte[] Connect = [0x10, 12, 0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T', 4, 2, 0, 10, 0, 0];

    /// <summary>CONNACK (section 3.2): accepted, no session.</summary>
    private static readonly byte[] Accepted = [0x20, 2, 0, 0];

    private static readonly byte[] Disconnect = [0xE0, 0];

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    /// <summary>A TCP port on loopback that nobody listens on right now.</summary>
    internal static int FindFreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>True when a broker accepted a client; false also when whoever listens there says nothing for a while.</summary>
    internal static async Task<bool> AnswersAsync(int port, CancellationToken cancellationToken)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            using TcpClient client = new();
            await client.ConnectAsync(IPAddress.Loopback, port, patience.Token);
            NetworkStream stream = client.GetStream();
            await stream.WriteAsync(Connect, patience.Token);
            byte[] answer = new byte[Accepted.Length];
            await stream.ReadExactlyAsync(answer, patience.Token);
            await stream.WriteAsync(Disconnect, patience.Token);
            return answer.AsSpan().SequenceEqual(Accepted);
        }
        catch (Exception e) when (e is SocketException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }
}
