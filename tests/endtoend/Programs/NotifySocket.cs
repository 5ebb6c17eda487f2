using System.Net.Sockets;
using System.Text;

namespace AuStream.EndToEnd.Tests.Programs;

/// <summary>The socket on which systemd would listen.</summary>
internal sealed class NotifySocket : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { Blocking = false };
    private readonly List<string> _messages = [];
    private readonly byte[] _buffer = new byte[4096];

    public NotifySocket(string path)
    {
        Path = path;
        _socket.Bind(new UnixDomainSocketEndPoint(path));
    }

    public string Path { get; }

    public async Task UntilAsync(Func<IReadOnlyList<string>, bool> condition)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(60));
        while (!condition(_messages))
        {
            while (_socket.Available > 0)
            {
                _messages.Add(Encoding.UTF8.GetString(_buffer, 0, _socket.Receive(_buffer)));
            }

            await Task.Delay(50, limit.Token);
        }
    }

    public void Dispose() => _socket.Dispose();
}
