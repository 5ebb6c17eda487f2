using System.Diagnostics;
using AuStream.Stages.Brokers;
using AuStream.Stages.Brokers.Mosquitto;
using AuStream.Testing;

namespace AuStream.Stages.Tests.Brokers;

public sealed class MosquittoSecurityTests
{
    private static readonly BusRoute Events = new() { Topic = "test/events", QualityOfService = QualityOfService.AtLeastOnce };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(MqttVersion.V5)]
    [InlineData(MqttVersion.V311)]
    public async Task The_right_password_from_a_file_lets_in_and_a_wrong_one_is_refused(MqttVersion version)
    {
        await using MosquittoFixture broker = await StartWithPasswordAsync("alice", "correct horse");
        string secret = Path.Combine(broker.Folder, "secret");
        await File.WriteAllTextAsync(secret, "correct horse\n", Stop);
        MosquittoBusOptions options = MosquittoHarness.Options(broker.Port, version) with
        {
            UserName = "alice",
            Password = SecretSource.FromFile(secret),
        };
        await using (MosquittoBus right = new(options))
        {
            (await right.ConnectAsync(Stop)).State.ShouldBe(BusState.Connected);
        }

        await File.WriteAllTextAsync(secret, "wrong battery", Stop);
        await using MosquittoBus wrong = new(options);
        BusStatus status = await wrong.ConnectAsync(Stop);
        status.State.ShouldBe(BusState.Refused);
        status.Reason!.ShouldContain("not authori", Case.Insensitive);
        $"{status} {options} {options.Password}".ShouldNotContain("battery");
    }

    [Fact]
    public async Task A_password_that_is_put_right_later_is_taken_at_the_next_attempt()
    {
        await using MosquittoFixture broker = await StartWithPasswordAsync("alice", "right");
        string secret = Path.Combine(broker.Folder, "secret");
        await File.WriteAllTextAsync(secret, "wrong", Stop);
        await using MosquittoBus bus = new(MosquittoHarness.Options(broker.Port) with
        {
            UserName = "alice",
            Password = SecretSource.FromFile(secret),
        });
        (await bus.ConnectAsync(Stop)).State.ShouldBe(BusState.Refused);
        await File.WriteAllTextAsync(secret, "right", Stop);
        await bus.WaitForAsync(BusState.Connected);
    }

    [Fact]
    public async Task A_secret_that_is_not_there_is_named_before_anything_is_sent()
    {
        await using MosquittoBus bus = new(MosquittoHarness.Options(1) with
        {
            UserName = "alice",
            Password = SecretSource.FromEnvironment("AUSTREAM_TEST_NOT_SET"),
        });
        MessageBusException exception = await Should.ThrowAsync<MessageBusException>(() => bus.ConnectAsync(Stop));
        exception.Message.ShouldContain("AUSTREAM_TEST_NOT_SET");
    }

    [Fact]
    public async Task A_message_that_the_broker_does_not_authorise_is_rejected_with_its_reason()
    {
        await using MosquittoFixture broker = await MosquittoFixture.StartAsync((folder, _) =>
        {
            File.WriteAllText(Path.Combine(folder, "acl"), "topic write allowed/#\n");
            return $"allow_anonymous true\nacl_file {folder}/acl";
        });
        await using MosquittoBus bus = new(MosquittoHarness.Options(broker.Port));
        await bus.ConnectAsync(Stop);
        PublishResult result = await bus.PublishAsync(Events, new byte[] { 1 }, Stop);
        result.Outcome.ShouldBe(PublishOutcome.Rejected);
        result.IsPermanent.ShouldBeFalse();
        result.Reason!.ShouldContain("not authori", Case.Insensitive);
        result = await bus.PublishAsync(Events with { Topic = "allowed/x" }, new byte[] { 1 }, Stop);
        result.Outcome.ShouldBe(PublishOutcome.Acknowledged);
        bus.Counters.Rejected.ShouldBe(1);
    }

    [Theory]
    [InlineData(MqttVersion.V5)]
    [InlineData(MqttVersion.V311)]
    public async Task Tls_with_a_trusted_certificate_delivers(MqttVersion version)
    {
        (MosquittoFixture broker, TestCertificates certificates) = await StartWithTlsAsync();
        await using MosquittoFixture disposed = broker;
        await using MosquittoBus bus = new(MosquittoHarness.Options(broker.Port, version) with { Tls = new TlsOptions { AuthorityFile = certificates.AuthorityFile } });
        (await bus.ConnectAsync(Stop)).ShouldBe(new BusStatus(BusState.Connected));
        (await bus.PublishAsync(Events, new byte[] { 1 }, Stop)).Outcome.ShouldBe(PublishOutcome.Acknowledged);
    }

    [Fact]
    public async Task Tls_by_an_authority_that_is_not_trusted_is_refused()
    {
        (MosquittoFixture broker, _) = await StartWithTlsAsync();
        await using MosquittoFixture disposed = broker;
        string otherAuthority = new TestCertificates(broker.Folder).AuthorityFile;
        await RefusedAsync(broker, new TlsOptions { AuthorityFile = otherAuthority }, "certificate verify failed");
        await RefusedAsync(broker, new TlsOptions(), "certificate verify failed");
    }

    [Fact]
    public async Task Tls_with_an_expired_certificate_is_refused()
    {
        (MosquittoFixture broker, TestCertificates certificates) = await StartWithTlsAsync(expired: true);
        await using MosquittoFixture disposed = broker;
        await RefusedAsync(broker, new TlsOptions { AuthorityFile = certificates.AuthorityFile }, "certificate verify failed");
    }

    [Fact]
    public async Task Tls_with_a_certificate_for_another_host_is_refused()
    {
        (MosquittoFixture broker, TestCertificates certificates) = await StartWithTlsAsync(host: "other.example");
        await using MosquittoFixture disposed = broker;
        await RefusedAsync(broker, new TlsOptions { AuthorityFile = certificates.AuthorityFile }, "certificate verify failed");
        await using MosquittoBus careless = new(MosquittoHarness.Options(broker.Port) with { Tls = new TlsOptions { VerifyServer = false } });
        (await careless.ConnectAsync(Stop)).State.ShouldBe(BusState.Connected);
    }

    [Fact]
    public async Task A_broker_that_wants_a_client_certificate_takes_one_with_an_encrypted_key()
    {
        (MosquittoFixture broker, TestCertificates certificates) = await StartWithTlsAsync(further: "require_certificate true");
        await using MosquittoFixture disposed = broker;
        (string certificate, string key) = certificates.Issue("client", keyPassword: "sesame");
        string secret = Path.Combine(broker.Folder, "key-password");
        await File.WriteAllTextAsync(secret, "sesame", Stop);
        TlsOptions tls = new() { AuthorityFile = certificates.AuthorityFile, CertificateFile = certificate, KeyFile = key, KeyPassword = SecretSource.FromFile(secret) };
        await using MosquittoBus bus = new(MosquittoHarness.Options(broker.Port) with { Tls = tls });
        (await bus.ConnectAsync(Stop)).State.ShouldBe(BusState.Connected);

        BusStatus status = await ConnectOnceAsync(broker.Port, new TlsOptions { AuthorityFile = certificates.AuthorityFile });
        status.State.ShouldBe(BusState.Refused, status.Reason);
        status = await ConnectOnceAsync(broker.Port, tls with { KeyPassword = null });
        status.State.ShouldBe(BusState.Refused, status.Reason);
    }

    [Fact]
    public async Task Plain_text_to_a_tls_port_and_tls_to_a_plain_port_are_refused_with_a_hint()
    {
        (MosquittoFixture encrypted, _) = await StartWithTlsAsync();
        await using MosquittoFixture disposed = encrypted;
        BusStatus status = await ConnectOnceAsync(encrypted.Port, tls: null);
        status.State.ShouldBe(BusState.Refused);
        status.Reason!.ShouldContain("mqtts://");

        await using MosquittoFixture plain = await MosquittoFixture.StartAsync();
        status = await ConnectOnceAsync(plain.Port, new TlsOptions());
        status.State.ShouldBe(BusState.Refused);
        status.Reason!.ShouldContain("mqtts://127.0.0.1");
    }

    private static async Task RefusedAsync(MosquittoFixture broker, TlsOptions tls, string reason)
    {
        BusStatus status = await ConnectOnceAsync(broker.Port, tls);
        status.State.ShouldBe(BusState.Refused, status.Reason);
        status.Reason!.ShouldContain(reason);
    }

    private static async Task<BusStatus> ConnectOnceAsync(int port, TlsOptions? tls)
    {
        await using MosquittoBus bus = new(MosquittoHarness.Options(port) with { Tls = tls });
        return await bus.ConnectAsync(Stop).WaitAsync(TimeSpan.FromSeconds(5), Stop);
    }

    private static Task<MosquittoFixture> StartWithPasswordAsync(string user, string password) => MosquittoFixture.StartAsync((folder, _) =>
    {
        string path = Path.Combine(folder, "passwords");
        using Process tool = Process.Start(MosquittoFixture.RequireTool("mosquitto_passwd"), ["-b", "-c", path, user, password]);
        tool.WaitForExit();
        tool.ExitCode.ShouldBe(0);
        return $"allow_anonymous false\npassword_file {path}";
    });

    private static async Task<(MosquittoFixture Broker, TestCertificates Certificates)> StartWithTlsAsync(
        string host = "127.0.0.1", bool expired = false, string further = "")
    {
        TestCertificates? certificates = null;
        MosquittoFixture broker = await MosquittoFixture.StartAsync((folder, _) =>
        {
            certificates = new TestCertificates(folder);
            (string certificate, string key) = certificates.Issue("broker", host, expired);
            return $"allow_anonymous true\ncafile {certificates.AuthorityFile}\ncertfile {certificate}\nkeyfile {key}\n{further}";
        });
        return (broker, certificates!);
    }
}
