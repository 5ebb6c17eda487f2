using AuStream.Stages.Brokers;
using AuStream.Stages.Brokers.Mosquitto;

namespace AuStream.Stages.Tests.Brokers;

public sealed class MosquittoBusOptionsTests
{
    [Theory]
    [InlineData("mqtt://broker", "broker", 1883, false)]
    [InlineData("mqtt://10.0.0.7:1884", "10.0.0.7", 1884, false)]
    [InlineData("mqtts://broker.example", "broker.example", 8883, true)]
    [InlineData("mqtts://[::1]:9000/", "::1", 9000, true)]
    public void An_address_says_host_port_and_encryption(string address, string host, int port, bool encrypted)
    {
        MosquittoBusOptions options = MosquittoBusOptions.FromUri(address);
        options.Host.ShouldBe(host);
        options.Port.ShouldBe(port);
        (options.Tls is not null).ShouldBe(encrypted);
        MosquittoBusOptionsValidator.Validate(options);
    }

    [Theory]
    [InlineData("broker:1883")]
    [InlineData("http://broker")]
    [InlineData("")]
    [InlineData("mqtt://broker/topic")]
    public void Anything_else_is_refused_with_the_form_it_should_have(string address) =>
        Should.Throw<MessageBusException>(() => MosquittoBusOptions.FromUri(address)).Message.ShouldContain("broker", Case.Insensitive);

    [Fact]
    public void A_password_in_the_address_is_refused_and_not_repeated()
    {
        string message = Should.Throw<MessageBusException>(() => MosquittoBusOptions.FromUri("mqtt://alice:hunter2@broker")).Message;
        message.ShouldNotContain("hunter2");
        message.ShouldContain("environment variable");
        Should.Throw<MessageBusException>(() => MosquittoBusOptions.FromUri("alice:hunter2@broker")).Message.ShouldNotContain("hunter2");
    }

    [Fact]
    public void Options_that_cannot_work_are_named()
    {
        MosquittoBusOptions good = new() { Host = "broker" };
        MosquittoBusOptionsValidator.Validate(good);
        Refused(good with { Host = " " }, "host");
        Refused(good with { Port = 0 }, "port");
        Refused(good with { KeepAlive = TimeSpan.FromSeconds(1) }, "keep-alive");
        Refused(good with { MaxInFlight = 0 }, "in flight");
        Refused(good with { Password = SecretSource.FromEnvironment("X") }, "user name");
        Refused(good with { MaxReconnectDelay = TimeSpan.FromMilliseconds(1) }, "reconnect");
        Refused(good with { Tls = new TlsOptions { CertificateFile = "client.pem" } }, "key");
        Refused(good with { Tls = new TlsOptions { AuthorityFile = "no-such.pem" } }, "no-such.pem");
    }

    [Fact]
    public void Reconnect_delays_double_up_to_the_longest_with_jitter_and_start_over()
    {
        ReconnectDelay delay = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), new Random(1));
        double[] seconds = [.. Enumerable.Range(0, 40).Select(_ => delay.Next().TotalSeconds)];
        double[] bounds = [1, 2, 4, 8, 10, 10];
        for (int i = 0; i < seconds.Length; i++)
        {
            double bound = bounds[Math.Min(i, bounds.Length - 1)];
            seconds[i].ShouldBeInRange(bound / 2, bound);
        }

        seconds.Distinct().Count().ShouldBe(40);
        delay.Reset();
        delay.Next().TotalSeconds.ShouldBeInRange(0.5, 1);
    }

    private static void Refused(MosquittoBusOptions options, string word) =>
        Should.Throw<MessageBusException>(() => MosquittoBusOptionsValidator.Validate(options)).Message.ShouldContain(word);
}
