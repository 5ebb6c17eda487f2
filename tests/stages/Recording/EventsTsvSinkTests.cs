using System.Text.Json;
using AuStream.Stages.ActionUnits;
using AuStream.Stages.Faces;
using AuStream.Stages.Publishing;
using AuStream.Stages.Recording;
using AuStream.Stages.Tests.Publishing;

namespace AuStream.Stages.Tests.Recording;

public sealed class EventsTsvSinkTests : IAsyncDisposable
{
    private readonly RecordingFolder _folder = new();
    private readonly SampleFrames _frames = new([12]);
    private readonly EventsTsvSink _sink;

    public EventsTsvSinkTests()
    {
        _sink = new EventsTsvSink(TablePath, SampleFrames.Session(), new EventIdGenerator(TimeProvider.System));
    }

    private string TablePath => _folder.File("events.tsv");

    public async ValueTask DisposeAsync()
    {
        await _sink.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_first_columns_are_those_that_BIDS_asks_for()
    {
        await _sink.CompleteAsync(CancellationToken.None);
        File.ReadAllText(TablePath).ShouldBe(
            "onset\tduration\ttrial_type\tface_id\tpeak_intensity\tmean_intensity\tapex\tend_reason\tevent_id\n");
    }

    [Fact]
    public async Task An_event_is_one_row_once_it_ended()
    {
        ActionUnitEvent ended = SampleEvents.Ended(faceId: 2, actionUnit: 45, onset: 1234.567, offset: 1400);
        await Publish(
            ended with { Phase = EventPhase.Start, OffsetMicroseconds = null, EndReason = EventEndReason.None },
            ended with { Phase = EventPhase.Update, OffsetMicroseconds = null, EndReason = EventEndReason.None });
        Rows().ShouldBeEmpty();
        await Publish(ended);

        Dictionary<string, string> row = Rows().ShouldHaveSingleItem("the row is there before the stream ends");
        row["onset"].ShouldBe("1.234567");
        row["duration"].ShouldBe("0.165433");
        row["trial_type"].ShouldBe("AU45");
        row["face_id"].ShouldBe("2");
        row["peak_intensity"].ShouldBe("3.250");
        row["mean_intensity"].ShouldBe("1.625");
        row["apex"].ShouldBe("1.317283");
        row["end_reason"].ShouldBe("offset");
        row["event_id"].ShouldBe(ended.EventId);
    }

    [Fact]
    public async Task Rows_come_in_order_of_ends_and_are_sorted_by_onset_at_the_end()
    {
        await Publish(
            SampleEvents.Ended(1, 25, 10_500, 10_700),
            SampleEvents.Ended(1, 12, 9_000, 11_000),
            SampleEvents.Ended(2, 4, 10_500, 12_000),
            SampleEvents.Ended(1, 6, 100, 13_000));
        Rows().Select(row => row["trial_type"]).ShouldBe(["AU25", "AU12", "AU04", "AU06"]);
        await _sink.CompleteAsync(CancellationToken.None);
        Rows().Select(row => row["trial_type"]).ShouldBe(["AU06", "AU12", "AU25", "AU04"]);
        Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order().ShouldBe(["events.json", "events.tsv"]);
    }

    [Fact]
    public async Task The_stay_of_a_face_is_an_event_from_its_first_to_its_last_frame()
    {
        await Observe(0, (1, FaceState.Appeared));
        await Observe(1, (1, FaceState.Tracked), (2, FaceState.Appeared));
        await Observe(2, (1, FaceState.Occluded), (2, FaceState.Tracked));
        await Observe(3, (1, FaceState.Lost), (2, FaceState.Tracked));
        await _sink.CompleteAsync(CancellationToken.None);
        List<Dictionary<string, string>> rows = Rows();
        rows.Select(row => (row["trial_type"], row["face_id"], row["onset"], row["duration"], row["end_reason"])).ShouldBe(
        [
            ("face", "1", "0.000000", "0.040000", "face_lost"),
            ("face", "2", "0.040000", "0.080000", "stream_ended"),
        ]);
        rows.ShouldAllBe(row => row["peak_intensity"] == "n/a" && row["mean_intensity"] == "n/a" && row["apex"] == "n/a");
        rows.Select(row => row["event_id"]).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public void The_file_beside_it_describes_every_column_and_every_value()
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(_folder.File("events.json")));
        foreach (string column in File.ReadAllLines(TablePath)[0].Split('\t'))
        {
            json.RootElement.GetProperty(column).GetProperty("Description").GetString().ShouldNotBeNullOrEmpty();
        }

        json.RootElement.GetProperty("onset").GetProperty("Units").GetString().ShouldBe("s");
        JsonElement types = json.RootElement.GetProperty("trial_type").GetProperty("Levels");
        types.GetProperty("AU12").GetString().ShouldBe("lip corner puller");
        types.GetProperty("AU45").GetString().ShouldBe("blink");
        types.EnumerateObject().Count().ShouldBe(SampleFrames.AllActionUnits.Count + 2);
        json.RootElement.GetProperty("Origin").GetProperty("Model").GetString().ShouldBe("austream-base 1.0.0");
    }

    private List<Dictionary<string, string>> Rows() => CsvRows.Read(TablePath, '\t');

    private async Task Publish(params ActionUnitEvent[] events)
    {
        foreach (ActionUnitEvent actionUnitEvent in events)
        {
            await _sink.PublishEventAsync(actionUnitEvent, CancellationToken.None);
        }
    }

    private async Task Observe(long sequence, params (long, FaceState)[] faces)
    {
        using FrameFaces frame = _frames.Frame(sequence, faces);
        await _sink.PublishFrameAsync(frame, CancellationToken.None);
    }
}
