using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using AuStream.Stages.Brokers;
using AuStream.Stages.Brokers.InMemory;
using AuStream.Stages.Commanding;
using FsCheck;
using FsCheck.Fluent;

namespace AuStream.Stages.Tests.Commanding;

public sealed class CommandListenerTests : IAsyncDisposable
{
    private const string Stopping = """{"schema":"austream.command/1","id":"7","command":"stop"}""";
    private static readonly BusRoute Commands = new() { Topic = "site/camera-1/commands", QualityOfService = QualityOfService.AtLeastOnce };

    private readonly InMemoryBroker _broker = new();
    private readonly InMemoryBus _bus;
    private readonly Recorder _recorder = new();
    private readonly CommandListener _listener;

    public CommandListenerTests()
    {
        _bus = new InMemoryBus(_broker);
        CommandListenerOptions options = new()
        {
            Site = "lab",
            StreamId = "camera-1",
            TopicPrefix = "site",
            Allowed = [StreamCommandName.Stop, StreamCommandName.SetThreshold, StreamCommandName.EnrolNeutral],
        };
        _listener = new CommandListener(_bus, _recorder, options, TimeProvider.System);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        await _bus.DisposeAsync();
    }

    [Fact]
    public async Task A_command_is_carried_out_and_answered_where_its_sender_asks()
    {
        await ListenAsync();
        await SendAsync(Stopping, Commands with { ResponseTopic = "clients/me/answers", CorrelationData = "c7"u8.ToArray() });
        BrokeredMessage answer = await AnswerAsync();
        answer.Route.Topic.ShouldBe("clients/me/answers");
        answer.Route.CorrelationData.ToArray().ShouldBe("c7"u8.ToArray());
        answer.Route.Retain.ShouldBeFalse();
        Field(answer, "status").ShouldBe("done");
        Field(answer, "id").ShouldBe("7");
        _recorder.Commands.ShouldHaveSingleItem().Name.ShouldBe(StreamCommandName.Stop);
    }

    [Fact]
    public async Task Without_a_response_topic_the_answer_goes_to_the_streams_own()
    {
        await ListenAsync();
        await SendAsync(Stopping, Commands);
        (await AnswerAsync()).Route.Topic.ShouldBe("site/camera-1/replies");
    }

    [Theory]
    [InlineData("site/camera-2/status")]
    [InlineData("site/camera-1/commands")]
    [InlineData("site")]
    [InlineData("$SYS/x")]
    [InlineData("a/#")]
    [InlineData("")]
    public async Task An_answer_never_goes_to_a_topic_of_ours_or_of_the_brokers_and_such_a_command_is_not_carried_out(string topic)
    {
        await ListenAsync();
        await SendAsync(Stopping, Commands with { ResponseTopic = topic });
        BrokeredMessage answer = await AnswerAsync();
        answer.Route.Topic.ShouldBe("site/camera-1/replies");
        Field(answer, "status").ShouldBe("rejected");
        _recorder.Commands.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_command_that_the_configuration_does_not_allow_changes_nothing()
    {
        await ListenAsync();
        await SendAsync("""{"schema":"austream.command/1","id":"8","command":"start"}""", Commands);
        BrokeredMessage answer = await AnswerAsync();
        Field(answer, "status").ShouldBe("rejected");
        Field(answer, "reason").ShouldContain("does not allow start");
        _recorder.Commands.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_same_command_twice_is_carried_out_once_and_answered_twice()
    {
        await ListenAsync();
        await SendAsync(Stopping, Commands);
        await AnswerAsync();
        await SendAsync(Stopping, Commands);
        Field(await AnswerAsync(2), "status").ShouldBe("done");
        _recorder.Commands.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_retained_command_is_not_carried_out()
    {
        await _bus.ConnectAsync(Stop);
        await SendAsync(Stopping, Commands with { Retain = true });
        await _listener.ListenAsync(Stop);
        await SendAsync("""{"schema":"austream.command/1","id":"9","command":"enrol_neutral"}""", Commands);
        Field(await AnswerAsync(), "id").ShouldBe("9");
        _recorder.Commands.ShouldHaveSingleItem().Name.ShouldBe(StreamCommandName.EnrolNeutral);
    }

    [Fact]
    public async Task A_command_that_fails_is_answered_and_the_next_one_is_carried_out()
    {
        _recorder.Throw = true;
        await ListenAsync();
        await SendAsync(Stopping, Commands);
        Field(await AnswerAsync(), "status").ShouldBe("failed");
        _recorder.Throw = false;
        await SendAsync("""{"schema":"austream.command/1","id":"10","command":"stop"}""", Commands);
        Field(await AnswerAsync(2), "status").ShouldBe("done");
    }

    [Fact]
    public async Task More_than_can_wait_are_turned_away_and_counted()
    {
        TaskCompletionSource go = new();
        _recorder.Until = go.Task;
        await ListenAsync();
        for (int i = 0; i < 50; i++)
        {
            await SendAsync($$"""{"schema":"austream.command/1","id":"{{i}}","command":"stop"}""", Commands);
        }

        _listener.TurnedAway.ShouldBeInRange(32, 34);
        go.SetResult();
        await AnswerAsync(16);
    }

    [Fact]
    public async Task Malformed_commands_change_nothing()
    {
        await ListenAsync();
        int sent = 0;
        HashSet<string> ids = [];
        byte[][] messages = [.. CommandParserTests.Mutated().Sample(300).Concat(ArbMap.Default.GeneratorFor<byte[]>().Sample(200))];
        foreach (byte[] message in messages)
        {
            if (CommandParser.TryParse(message, out StreamCommand? command, out _, out _) && command!.Name != StreamCommandName.Start)
            {
                ids.Add(command.Id);
            }

            await _bus.PublishAsync(Commands, message, Stop);
            sent++;
            await AnswerAsync(sent);
        }

        _recorder.Commands.Select(command => command.Id).ShouldBe(ids, ignoreOrder: true);
        _listener.TurnedAway.ShouldBe(0);
        Answers().Count(answer => Field(answer, "status") == "rejected").ShouldBeGreaterThan(300);
    }

    private static string Field(BrokeredMessage message, string name) => JsonNode.Parse(message.Payload)![name]?.GetValue<string>() ?? "";

    private async Task ListenAsync()
    {
        await _bus.ConnectAsync(Stop);
        await _listener.ListenAsync(Stop);
    }

    private async Task SendAsync(string text, BusRoute route) => await _bus.PublishAsync(route, Encoding.UTF8.GetBytes(text), Stop);

    private List<BrokeredMessage> Answers() => [.. _broker.Messages.Where(message => message.Route.Topic != Commands.Topic)];

    private async Task<BrokeredMessage> AnswerAsync(int count = 1)
    {
        using CancellationTokenSource timeout = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        timeout.CancelAfter(TimeSpan.FromSeconds(10));
        while (Answers().Count < count)
        {
            await Task.Delay(1, timeout.Token);
        }

        return Answers()[count - 1];
    }

    private sealed class Recorder : IStreamCommands
    {
        public ConcurrentQueue<StreamCommand> Commands { get; } = new();

        public bool Throw { get; set; }

        public Task Until { get; set; } = Task.CompletedTask;

        public async ValueTask<CommandResult> ExecuteAsync(StreamCommand command, CancellationToken cancellationToken)
        {
            await Until;
            Commands.Enqueue(command);
            return Throw ? throw new InvalidOperationException("broken") : new CommandResult(IsDone: true);
        }
    }
}
