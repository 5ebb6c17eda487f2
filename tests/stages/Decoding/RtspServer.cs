using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AuStream.Stages.Tests.Decoding;

/// <summary>
/// A camera in a hundred lines: an RTSP server on a free port that sends H.264 access units within the RTSP connection
/// (RFC 2326, RFC 6184 single units), each with its own RTP time. After the last it closes the connection.
/// </summary>
internal sealed class RtspServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly IReadOnlyList<byte[][]> _accessUnits;
    private readonly IReadOnlyList<uint> _times;
    private readonly string? _credentials;
    private readonly Task _serving;

    /// <param name="accessUnits">For each picture its NAL units, without start codes.</param>
    /// <param name="times">For each picture its RTP time in 1/90,000 s.</param>
    /// <param name="credentials">user:password to demand, or null.</param>
    public RtspServer(IReadOnlyList<byte[][]> accessUnits, IReadOnlyList<uint> times, string? credentials = null)
    {
        _accessUnits = accessUnits;
        _times = times;
        _credentials = credentials;
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Connections so far.</summary>
    public int Connections { get; private set; }

    /// <summary>Splits a raw H.264 stream into pictures and their NAL units.</summary>
    public static IReadOnlyList<byte[][]> SplitPictures(byte[] stream)
    {
        List<byte[][]> pictures = [];
        List<byte[]> units = [];
        foreach (byte[] unit in SplitUnits(stream))
        {
            units.Add(unit);
            bool isPicture = (unit[0] & 31) is 1 or 5;
            if (isPicture)
            {
                pictures.Add([.. units]);
                units.Clear();
            }
        }

        return pictures;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _serving;
        _stopping.Dispose();
    }

    private static IEnumerable<byte[]> SplitUnits(byte[] stream)
    {
        int start = -1;
        for (int index = 0; index + 2 < stream.Length; index++)
        {
            if (stream[index] == 0 && stream[index + 1] == 0 && stream[index + 2] == 1)
            {
                if (start >= 0)
                {
                    yield return stream[start..(stream[index - 1] == 0 ? index - 1 : index)];
                }

                start = index + 3;
            }
        }

        yield return stream[start..];
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                Connections++;
                try
                {
                    await AnswerAsync(client.GetStream());
                }
                catch (IOException)
                {
                    // The client left.
                }
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        while (await ReadRequestAsync(reader) is { } request)
        {
            string method = request[0].Split(' ')[0];
            string sequence = request.First(line => line.StartsWith("CSeq:", StringComparison.OrdinalIgnoreCase));
            string? authorization = request.FirstOrDefault(line => line.StartsWith("Authorization:", StringComparison.OrdinalIgnoreCase));
            bool mayEnter = _credentials is null || authorization?.Contains(Convert.ToBase64String(Encoding.ASCII.GetBytes(_credentials)), StringComparison.Ordinal) == true;
            string answer = method switch
            {
                "OPTIONS" => Reply("200 OK", sequence, "Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN"),
                _ when !mayEnter => Reply("401 Unauthorized", sequence, "WWW-Authenticate: Basic realm=\"camera\""),
                "DESCRIBE" when request[0].Contains("/nowhere", StringComparison.Ordinal) => Reply("404 Not Found", sequence),
                "DESCRIBE" => Reply("200 OK", sequence, "Content-Type: application/sdp", Description),
                "SETUP" => Reply("200 OK", sequence, "Session: 1;timeout=60\r\nTransport: RTP/AVP/TCP;unicast;interleaved=0-1"),
                _ => Reply("200 OK", sequence, "Session: 1"),
            };
            await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), _stopping.Token);
            if (method == "PLAY")
            {
                await SendPicturesAsync(stream);
                return;
            }
        }
    }

    private const string Description = "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=camera\r\nt=0 0\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=control:track0\r\n";

    private static string Reply(string status, string sequence, string headers = "", string body = "") =>
        string.Create(CultureInfo.InvariantCulture, $"RTSP/1.0 {status}\r\n{sequence}\r\n{headers}{(headers.Length > 0 ? "\r\n" : "")}Content-Length: {body.Length}\r\n\r\n{body}");

    private static async Task<List<string>?> ReadRequestAsync(StreamReader reader)
    {
        List<string> lines = [];
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.Length == 0)
            {
                return lines;
            }

            lines.Add(line);
        }

        return null;
    }

    private async Task SendPicturesAsync(NetworkStream stream)
    {
        ushort sequence = 0;
        for (int picture = 0; picture < _accessUnits.Count; picture++)
        {
            byte[][] units = _accessUnits[picture];
            for (int unit = 0; unit < units.Length; unit++)
            {
                byte[] packet = new byte[4 + 12 + units[unit].Length];
                packet[0] = (byte)'$';
                BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)(packet.Length - 4));
                packet[4] = 0x80;
                packet[5] = (byte)(96 | (unit == units.Length - 1 ? 0x80 : 0));
                BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(6), sequence++);
                BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), _times[picture]);
                packet[15] = 7;
                units[unit].CopyTo(packet, 16);
                await stream.WriteAsync(packet, _stopping.Token);
            }
        }
    }
}
