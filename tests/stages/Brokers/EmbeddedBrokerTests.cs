using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AuStream.Stages.Brokers;
using AuStream.Stages.Brokers.Embedded;
using AuStream.Stages.Brokers.Mosquitto;
using AuStream.Testing;

namespace AuStream.Stages.Tests.Brokers;

public sealed class EmbeddedBrokerTests
{
    private static readonly BusRoute Events = new() { Topic = "test/events", QualityOfService = QualityOfService.AtLeastOnce };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_accepts_clients_when_it_is_started_and_is_gone_when_it_is_disposed()
    {
        MosquittoFixture.RequireTool("mosquitto");
        EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions(), cancellationToken: Stop);
        int processId = broker.ProcessId!.Value;
        await using (MosquittoBus bus = new(broker.BusOptions))
        {
            (await bus.ConnectAsync(Stop)).State.ShouldBe(BusState.Connected);
            (await bus.PublishAsync(Events, "x"u8.ToArray(), Stop)).Outcome.ShouldBe(PublishOutcome.Acknowledged);
        }

        await broker.DisposeAsync();
        await broker.DisposeAsync();
        IsAlive(processId).ShouldBeFalse();
        broker.Restarts.ShouldBe(0);
    }

    [Fact]
    public async Task It_listens_on_loopback_only()
    {
        MosquittoFixture.RequireTool("mosquitto");
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions(), cancellationToken: Stop);
        string port = broker.Port.ToString("X4", CultureInfo.InvariantCulture);

        // /proc/net/tcp: local address, in hexadecimal and network order, state 0A is listening.
        string[] listeners = [.. File.ReadLines("/proc/net/tcp").Concat(File.ReadLines("/proc/net/tcp6"))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(columns => columns[3] == "0A" && columns[1].EndsWith(":" + port, StringComparison.Ordinal))
            .Select(columns => columns[1])];
        listeners.ShouldBe([$"0100007F:{port}"]);
    }

    [Fact]
    public async Task A_killed_broker_is_back_on_the_same_port_and_counted()
    {
        MosquittoFixture.RequireTool("mosquitto");
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions(), cancellationToken: Stop);
        await using MosquittoBus bus = new(broker.BusOptions);
        await bus.ConnectAsync(Stop);
        int port = broker.Port;
        for (int kill = 1; kill <= 3; kill++)
        {
            int processId = broker.ProcessId!.Value;
            using (Process process = Process.GetProcessById(processId))
            {
                process.Kill();
            }

            await bus.WaitForAsync(BusState.Connected, connects: kill + 1);
            broker.ProcessId.ShouldNotBe(processId);
        }

        broker.Port.ShouldBe(port);
        broker.Restarts.ShouldBe(3);
        (await bus.PublishAsync(Events, "x"u8.ToArray(), Stop)).Outcome.ShouldBe(PublishOutcome.Acknowledged);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_reported_with_the_brokers_words()
    {
        MosquittoFixture.RequireTool("mosquitto");
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;
        MessageBusException exception = await Should.ThrowAsync<MessageBusException>(() => EmbeddedBroker.StartAsync(
            new EmbeddedBrokerOptions { Port = port, ReadyTimeout = TimeSpan.FromSeconds(5) }, cancellationToken: Stop));
        exception.Message.ShouldContain($"port {port}");
        exception.Message.ShouldContain("in use");
    }

    [Fact]
    public async Task A_missing_mosquitto_is_named_with_the_remedy()
    {
        MessageBusException exception = await Should.ThrowAsync<MessageBusException>(() => EmbeddedBroker.StartAsync(
            new EmbeddedBrokerOptions { ExecutablePath = "/nowhere/mosquitto" }, cancellationToken: Stop));
        exception.Message.ShouldContain("/nowhere/mosquitto");
        exception.Message.ShouldContain("apt-get install mosquitto");
    }

    [Fact]
    public async Task A_program_that_never_answers_is_given_up_and_reaped()
    {
        string folder = Directory.CreateTempSubdirectory("austream-test-").FullName;
        string idFile = Path.Combine(folder, "id");
        string script = Path.Combine(folder, "mosquitto");
        await File.WriteAllTextAsync(script, $"#!/bin/sh\necho $$ > {idFile}\nexec sleep 60\n", Stop);
        OpenToEverybody(folder, script);
        MessageBusException exception = await Should.ThrowAsync<MessageBusException>(() => EmbeddedBroker.StartAsync(
            new EmbeddedBrokerOptions { ExecutablePath = script, ReadyTimeout = TimeSpan.FromSeconds(0.5) }, cancellationToken: Stop));
        exception.Message.ShouldContain("no answer within 0.5 s");
        IsAlive(int.Parse(await File.ReadAllTextAsync(idFile, Stop), CultureInfo.InvariantCulture)).ShouldBeFalse();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_broker_does_not_outlive_a_program_that_is_killed()
    {
        MosquittoFixture.RequireTool("mosquitto");
        MosquittoFixture.RequireTool("setpriv");
        string folder = Directory.CreateTempSubdirectory("austream-test-").FullName;
        OpenToEverybody(folder);
        using Process host = TestHost.Start("embedded-broker", folder);
        int broker = int.Parse((await host.StandardOutput.ReadLineAsync(Stop))!, CultureInfo.InvariantCulture);
        IsAlive(broker).ShouldBeTrue();
        host.Kill();
        await host.WaitForExitAsync(Stop);
        using CancellationTokenSource timeout = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        timeout.CancelAfter(TimeSpan.FromSeconds(5));
        while (IsAlive(broker))
        {
            await Task.Delay(10, timeout.Token);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task It_starts_also_where_temporary_files_are_private()
    {
        MosquittoFixture.RequireTool("mosquitto");
        string folder = Directory.CreateTempSubdirectory("austream-test-").FullName;
        using Process host = TestHost.Start("embedded-broker", folder);
        int broker = int.Parse((await host.StandardOutput.ReadLineAsync(Stop))!, CultureInfo.InvariantCulture);
        IsAlive(broker).ShouldBeTrue();
        host.StandardInput.Close();
        await host.WaitForExitAsync(Stop);
        IsAlive(broker).ShouldBeFalse("the program ended in order, and its broker with it");
        Directory.Delete(folder, recursive: true);
    }

    private static void OpenToEverybody(params string[] paths)
    {
        using Process chmod = Process.Start("chmod", ["777", .. paths]);
        chmod.WaitForExit();
    }

    private static bool IsAlive(int processId)
    {
        string stat = $"/proc/{processId}/stat";
        try
        {
            // A zombie (state Z) has ended; only its parent has not asked for it yet.
            return File.Exists(stat) && File.ReadAllText(stat).Split(") ")[^1][0] != 'Z';
        }
        catch (IOException)
        {
            return false;
        }
    }
}
