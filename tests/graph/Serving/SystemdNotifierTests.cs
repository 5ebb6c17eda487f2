using System.Net.Sockets;
using System.Text;
using AuStream.Pipeline.Serving;

namespace AuStream.Graph.Tests.Serving;

public sealed class SystemdNotifierTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("austream-notify-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Messages_arrive_at_the_socket_of_the_environment()
    {
        string path = Path.Combine(_folder, "notify");
        using Socket systemd = Listen(path);
        using SystemdNotifier notifier = SystemdNotifier.Create(path, "30000000", null);

        notifier.Ready("1 of 2 streams\ndeliver");
        notifier.Alive();
        notifier.Stopping();

        notifier.WatchdogInterval.ShouldBe(TimeSpan.FromSeconds(30));
        Receive(systemd).ShouldBe("READY=1\nSTATUS=1 of 2 streams deliver");
        Receive(systemd).ShouldBe("WATCHDOG=1");
        Receive(systemd).ShouldBe("STOPPING=1");
    }

    [Fact]
    public void An_abstract_socket_is_reached_too()
    {
        string name = $"austream-{Guid.NewGuid():N}";
        using Socket systemd = Listen("\0" + name);
        using SystemdNotifier notifier = SystemdNotifier.Create("@" + name, null, null);

        notifier.Status("well");

        Receive(systemd).ShouldBe("STATUS=well");
        notifier.WatchdogInterval.ShouldBeNull();
    }

    [Fact]
    public void A_watchdog_for_another_process_is_not_ours()
    {
        string path = Path.Combine(_folder, "notify");
        using Socket systemd = Listen(path);

        using SystemdNotifier notifier = SystemdNotifier.Create(path, "30000000", "1");

        notifier.WatchdogInterval.ShouldBeNull();
    }

    [Fact]
    public void Without_a_socket_or_with_one_that_is_gone_nothing_happens()
    {
        using SystemdNotifier none = SystemdNotifier.Create(null, null, null);
        using SystemdNotifier gone = SystemdNotifier.Create(Path.Combine(_folder, "gone"), "1000", null);

        none.Ready("x");
        gone.Alive();
    }

    private static Socket Listen(string path)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 5000 };
        socket.Bind(new UnixDomainSocketEndPoint(path));
        return socket;
    }

    private static string Receive(Socket socket)
    {
        byte[] buffer = new byte[4096];
        return Encoding.UTF8.GetString(buffer, 0, socket.Receive(buffer));
    }
}
