using System.Net;
using System.Net.Sockets;

namespace AuStream.Testing;

/// <summary>A network between clients and a server on loopback that a test can cut: connections end with a reset, and new ones are refused until it is mended.</summary>
public sealed class TcpRelay : IDisposable
{
    private readonly int _target;
    private readonly List<Connection> _connections = [];
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
            foreach (Connection connection in _connections)
            {
                Reset(connection.Client);
                Reset(connection.Server);
            }

            _connections.Clear();
        }
    }

    /// <summary>Resets the clients' ends only: to the server everything seems to go on. New connections go through.</summary>
    public void CutUnnoticed()
    {
        lock (_connections)
        {
            foreach (Connection connection in _connections)
            {
                connection.KeepServer = true;
                Reset(connection.Client);
            }
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

    private static void Reset(TcpClient end)
    {
        try
        {
            end.Client.LingerState = new LingerOption(true, 0);
        }
        catch (Exception e) when (e is ObjectDisposedException or NullReferenceException or SocketException)
        {
            // It ended by itself.
        }

        end.Dispose();
    }

    private static async Task CopyAsync(Connection connection, TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream());
            if (!connection.KeepServer)
            {
                to.Client.Shutdown(SocketShutdown.Send);
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException or NullReferenceException)
        {
            if (!connection.KeepServer)
            {
                from.Dispose();
                to.Dispose();
            }
        }
    }

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

            Connection connection = new(client, server);
            lock (_connections)
            {
                _connections.Add(connection);
                if (_listener != listener)
                {
                    Cut();
                    return;
                }
            }

            _ = CopyAsync(connection, client, server);
            _ = CopyAsync(connection, server, client);
        }
    }

    private sealed class Connection(TcpClient client, TcpClient server)
    {
        public TcpClient Client => client;

        public TcpClient Server => server;

        public volatile bool KeepServer;
    }
}
