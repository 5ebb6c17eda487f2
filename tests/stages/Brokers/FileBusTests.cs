using System.Text;
using AuStream.Stages.Brokers;
using AuStream.Stages.Brokers.Files;

namespace AuStream.Stages.Tests.Brokers;

public sealed class FileBusTests : MessageBusContract
{
    [Fact]
    public async Task Every_topic_is_a_file_of_whole_lines_that_is_added_to()
    {
        await using Harness harness = new();
        await harness.Bus.ConnectAsync(Stop);
        await harness.Bus.PublishAsync(Events, Bytes("{\"a\":1}"), Stop);
        await harness.Bus.DisconnectAsync();
        await using IMessageBus second = harness.CreateSecondBus();
        await second.ConnectAsync(Stop);
        await second.PublishAsync(Events, Bytes("{\"a\":2}"), Stop);
        (await File.ReadAllTextAsync(Path.Combine(harness.Folder, "events.jsonl"), Stop)).ShouldBe("{\"a\":1}\n{\"a\":2}\n");
    }

    [Fact]
    public async Task A_last_line_that_a_crash_cut_gets_its_end()
    {
        await using Harness harness = new();
        await File.WriteAllTextAsync(Path.Combine(harness.Folder, "events.jsonl"), "{\"a\":1}\n{\"cu", Stop);
        await harness.Bus.ConnectAsync(Stop);
        await harness.Bus.PublishAsync(Events, Bytes("{\"a\":2}"), Stop);
        (await File.ReadAllLinesAsync(Path.Combine(harness.Folder, "events.jsonl"), Stop)).ShouldBe(["{\"a\":1}", "{\"cu", "{\"a\":2}"]);
    }

    [Fact]
    public async Task Files_may_be_moved_away_while_they_are_written()
    {
        await using Harness harness = new();
        await harness.Bus.ConnectAsync(Stop);
        string file = Path.Combine(harness.Folder, "events.jsonl");
        await harness.Bus.PublishAsync(Events, Bytes("1"), Stop);
        File.Move(file, file + ".1");
        await harness.Bus.PublishAsync(Events, Bytes("2"), Stop);
        (await File.ReadAllTextAsync(file + ".1", Stop)).ShouldBe("1\n");
        (await File.ReadAllTextAsync(file, Stop)).ShouldBe("2\n");
    }

    [Fact]
    public async Task Messages_without_acknowledgement_are_on_disk_soon_without_anything_following()
    {
        await using Harness harness = new();
        await harness.Bus.ConnectAsync(Stop);
        await harness.Bus.PublishAsync(Frames, Bytes("1"), Stop);
        await Eventually(() => File.Exists(Path.Combine(harness.Folder, "frames.jsonl")));
    }

    [Theory]
    [InlineData("a/..")]
    [InlineData("a/")]
    public async Task A_topic_that_is_no_file_name_is_refused(string topic)
    {
        await using Harness harness = new();
        await harness.Bus.ConnectAsync(Stop);
        await Should.ThrowAsync<MessageBusException>(async () => await harness.Bus.PublishAsync(Events with { Topic = topic }, Bytes("x"), Stop));
    }

    protected override Task<IBusHarness> StartAsync(LastWill? will = null) => Task.FromResult<IBusHarness>(new Harness());

    private sealed class Harness : IBusHarness
    {
        private readonly string _parent = Directory.CreateTempSubdirectory("austream-files-").FullName;

        public Harness()
        {
            Directory.CreateDirectory(Folder);
            Bus = CreateSecondBus();
        }

        public string Folder => Path.Combine(_parent, "out");

        public IMessageBus Bus { get; }

        public IMessageBus CreateSecondBus() => new FileBus(
            new FileBusOptions { Folder = Folder, FlushInterval = TimeSpan.FromMilliseconds(10), RetryInterval = TimeSpan.FromMilliseconds(10) }, TimeProvider.System);

        public async Task<IReadOnlyList<(string Topic, string Payload)>> ObserveAsync(int count)
        {
            List<(string, string)> lines = [];
            await Eventually(() =>
            {
                lines = [.. Directory.EnumerateFiles(Folder, "*.jsonl")
                    .SelectMany(file => ReadLines(file).Select(line => ($"test/camera/{Path.GetFileNameWithoutExtension(file)}", line)))];
                return lines.Count >= count;
            });
            return lines;
        }

        public Task TakeBrokerAwayAsync()
        {
            Directory.Delete(Folder, recursive: true);
            return Task.CompletedTask;
        }

        public Task BringBrokerBackAsync()
        {
            Directory.CreateDirectory(Folder);
            return Task.CompletedTask;
        }

        public Task RefuseEverybodyAsync()
        {
            Directory.Delete(Folder, recursive: true);
            File.WriteAllText(Folder, "not a folder");
            return Task.CompletedTask;
        }

        public Task CutAsync() => throw new NotSupportedException("Files have no connection.");

        public async ValueTask DisposeAsync()
        {
            await Bus.DisposeAsync();
            Directory.Delete(_parent, recursive: true);
        }

        private static string[] ReadLines(string file) => Encoding.UTF8.GetString(File.ReadAllBytes(file)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
