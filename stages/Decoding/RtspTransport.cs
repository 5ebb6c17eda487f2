namespace AuStream.Stages.Decoding;

/// <summary>How RTSP cameras send their pictures.</summary>
public enum RtspTransport
{
    /// <summary>Within the RTSP connection: passes firewalls, loses nothing. The default.</summary>
    Tcp,

    /// <summary>In datagrams: a little less latency, broken pictures where some get lost.</summary>
    Udp,

    /// <summary>Tunnelled through HTTP.</summary>
    Http,
}
