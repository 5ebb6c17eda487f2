using System.Text.Json.Nodes;
using AuStream.Stages.Faces;
using AuStream.Stages.Publishing;
using AuStream.Stages.Recording;
using AuStream.Stages.Tests.Messages;
using AuStream.Stages.Tests.Publishing;
using AuStream.Testing;

namespace AuStream.Stages.Tests.Recording;

public sealed class JsonLinesSinkTests : IDisposable
{
    private readonly RecordingFolder _folder = new();
    private readonly SampleFrames _frames = new(SampleFrames.AllActionUnits);

    private string JsonPath => _folder.File("messages.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_line_is_a_message_that_matches_its_schema()
    {
        await using JsonLinesSink sink = Create(withFrames: true);
        await sink.PublishStatusAsync(new StreamStatus(StreamState.Running), default);
        await PublishAsync(sink, 0);
        await PublishAsync(sink, 1, (1, FaceState.Appeared), (2, FaceState.Appeared));
        await sink.PublishEventAsync(Publishing.SampleEvents.Start(7), default);
        await PublishAsync(sink, 2, (1, FaceState.Occluded), (2, FaceState.Lost));
        await sink.CompleteAsync(default);

        JsonNode[] messages = Read();
        messages.Select(message => message["schema"]!.GetValue<string>().Split('.', '/')[1]).ShouldBe(
            ["status", "frame", "frame", "event", "event", "event", "frame", "event", "event", "status"]);
        messages.Where(message => message["number"] is not null).Select(message => message["number"]!.GetValue<int>()).ShouldBe([1, 2, 3, 4, 5]);
        messages[^1]["status"]!.GetValue<string>().ShouldBe("stopped");
        foreach (JsonNode message in messages)
        {
            string kind = message["schema"]!.GetValue<string>().Split('.', '/')[1];
            SchemaCheck.Load(Path.Combine(SharedMedia.RepositoryRoot, "docs", "schemas", kind + ".schema.json")).Validate(message).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Without_frames_only_what_happens_is_written()
    {
        await using JsonLinesSink sink = Create(withFrames: false);
        await PublishAsync(sink, 0, (1, FaceState.Appeared));
        await PublishAsync(sink, 1, (1, FaceState.Tracked));
        Read().ShouldHaveSingleItem()["phase"]!.GetValue<string>().ShouldBe("appeared");
    }

    [Fact]
    public async Task What_is_older_than_a_second_is_in_the_file_while_the_stream_runs()
    {
        await using JsonLinesSink sink = Create(withFrames: true);
        for (int i = 0; i <= 100; i++)
        {
            await PublishAsync(sink, i);
        }

        // 25 frames per second.
        Read().Length.ShouldBeGreaterThanOrEqualTo(101 - 25);
    }

    [Fact]
    public async Task A_frame_allocates_nothing()
    {
        await using JsonLinesSink sink = Create(withFrames: true);
        using FrameFaces frame = _frames.Frame(0, (1, FaceState.Tracked), (2, FaceState.Tracked));
        Publish(200);
        AllocationMeter.Least(() => Publish(1000)).ShouldBe(0);

        void Publish(int count)
        {
            for (int i = 0; i < count; i++)
            {
                ValueTask published = sink.PublishFrameAsync(frame, default);
                published.IsCompletedSuccessfully.ShouldBeTrue();
            }
        }
    }

    private JsonLinesSink Create(bool withFrames) => new(
        JsonPath, SampleFrames.Session(), "test", new EventIdGenerator(TimeProvider.System), TimeProvider.System, withFrames);

    private JsonNode[] Read()
    {
        using StreamReader reader = new(new FileStream(JsonPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }

    private async Task PublishAsync(JsonLinesSink sink, long sequence, params (long, FaceState)[] faces)
    {
        using FrameFaces frame = _frames.Frame(sequence, faces);
        await sink.PublishFrameAsync(frame, default);
    }
}
