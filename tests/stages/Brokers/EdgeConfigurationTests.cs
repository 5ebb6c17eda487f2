using System.Diagnostics;
using AuStream.Stages.Brokers;
using AuStream.Stages.Brokers.Mosquitto;
using AuStream.Testing;

namespace AuStream.Stages.Tests.Brokers;

/// <summary>The rules in edge-config/mosquitto on a real mosquitto: who may publish, read and command.</summary>
public sealed class EdgeConfigurationTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_who_may_command_commands_and_only_the_program_publishes()
    {
        await using MosquittoFixture broker = await MosquittoFixture.StartAsync((folder, _) =>
        {
            string passwords = Path.Combine(folder, "passwords");
            string[] users = ["austream", "dashboard", "operator"];
            foreach (string user in users)
            {
                using Process tool = Process.Start(
                    MosquittoFixture.RequireTool("mosquitto_passwd"), File.Exists(passwords) ? ["-b", passwords, user, "secret"] : ["-b", "-c", passwords, user, "secret"]);
                tool.WaitForExit();
                tool.ExitCode.ShouldBe(0);
            }

            File.Copy(Path.Combine(SharedMedia.RepositoryRoot, "edge-config", "mosquitto", "acl"), Path.Combine(folder, "acl"));
            File.WriteAllText(Path.Combine(folder, "secret"), "secret");
            return $"allow_anonymous false\npassword_file {passwords}\nacl_file {folder}/acl";
        });
        await using MosquittoBus program = await ConnectAsync(broker, "austream");
        await using MosquittoBus dashboard = await ConnectAsync(broker, "dashboard");
        await using MosquittoBus @operator = await ConnectAsync(broker, "operator");

        foreach (string kind in (string[])["status", "frames", "events", "groups", "stats", "replies"])
        {
            (await PublishAsync(program, $"austream/front/{kind}")).ShouldBe(PublishOutcome.Acknowledged, kind);
            (await PublishAsync(dashboard, $"austream/front/{kind}")).ShouldBe(PublishOutcome.Rejected, kind);
        }

        (await PublishAsync(@operator, "austream/front/commands")).ShouldBe(PublishOutcome.Acknowledged);
        (await PublishAsync(@operator, "austream/other/commands")).ShouldBe(PublishOutcome.Rejected);
        (await PublishAsync(dashboard, "austream/front/commands")).ShouldBe(PublishOutcome.Rejected);
        (await PublishAsync(program, "austream/front/commands")).ShouldBe(PublishOutcome.Rejected);
        (await PublishAsync(program, "clients/operator/replies")).ShouldBe(PublishOutcome.Acknowledged);

        TaskCompletionSource heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await program.SubscribeAsync("austream/front/commands", QualityOfService.AtLeastOnce, _ => heard.TrySetResult(), Stop);
        await PublishAsync(@operator, "austream/front/commands");
        await heard.Task.WaitAsync(TimeSpan.FromSeconds(5), Stop);
    }

    private static async Task<MosquittoBus> ConnectAsync(MosquittoFixture broker, string user)
    {
        MosquittoBus bus = new(MosquittoHarness.Options(broker.Port) with { UserName = user, Password = SecretSource.FromFile(Path.Combine(broker.Folder, "secret")) });
        (await bus.ConnectAsync(Stop)).State.ShouldBe(BusState.Connected, user);
        return bus;
    }

    private static async Task<PublishOutcome> PublishAsync(MosquittoBus bus, string topic) =>
        (await bus.PublishAsync(new BusRoute { Topic = topic, QualityOfService = QualityOfService.AtLeastOnce }, "{}"u8.ToArray(), Stop)).Outcome;
}
