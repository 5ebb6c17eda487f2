using System.Net;
using System.Net.Sockets;

namespace AuStream.Testing;

/// <summary>A network between a client and a server on loopback that a test can cut: connections end with a reset, and new ones are refused until it is mended.</summary>
public sealed class TcpRelay : IDisposable
{
    private readonly int _target;
    private readonly List<Socket> _connections = [];
    private TcpListener? _listener;

    /// <param name="targetPort">Where connections are relayed to, on loopback.</param>
    public TcpRelay(int targetPort)
    {
        _target = targetPort;
        Port = MosquittoFixture.FreePort();
        Mend();
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>Resets every connection and lets no new one through.</summary>
    public void Cut()
    {
        lock (_connections)
        {
            _listener?.Dispose();
            _listener = null;
            foreach (Socket connection in _connections)
            {
                try
                {
                    connection.LingerState = new LingerOption(true, 0);
                }
                catch (ObjectDisposedException)
                {
                    // It ended by itself.
                }

                connection.Dispose();
            }

            _connections.Clear();
        }
    }

    /// <summary>Lets new connections through again.</summary>
    public void Mend()
    {
        lock (_connections)
        {
            if (_listener is null)
            {
                _listener = new TcpListener(IPAddress.Loopback, Port);
                _listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
                _listener.Start();
                _ = AcceptAsync(_listener);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Cut();

    private async Task AcceptAsync(TcpListener listener)
    {
        while (true)
        {
            TcpClient client;
            try
            {
                client = await listener.AcceptTcpClientAsync();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }

            TcpClient server = new() { NoDelay = true };
            client.NoDelay = true;
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _target);
            }
            catch (SocketException)
            {
                client.Dispose();
                continue;
            }

            lock (_connections)
            {
                _connections.Add(client.Client);
                _connections.Add(server.Client);
                if (_listener != listener)
                {
                    Cut();
                    return;
                }
            }

            _ = CopyAsync(client, server);
            _ = CopyAsync(server, client);
        }
    }

    private static async Task CopyAsync(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream());
            to.Client.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            from.Dispose();
            to.Dispose();
        }
    }
}
