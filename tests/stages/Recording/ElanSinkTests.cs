using System.Xml.Linq;
using AuStream.Stages.Decoding;
using AuStream.Stages.Faces;
using AuStream.Stages.Publishing;
using AuStream.Stages.Recording;
using AuStream.Stages.Tests.Publishing;
using FsCheck;
using FsCheck.Fluent;

namespace AuStream.Stages.Tests.Recording;

public sealed class ElanSinkTests : IDisposable
{
    private readonly RecordingFolder _folder = new();
    private readonly SampleFrames _frames = new([12]);

    private string EafPath => _folder.File("annotations.eaf");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_face_and_action_unit_has_a_tier_with_its_events()
    {
        ElanSink sink = Sink(SampleEvents.Source(SourceKind.File));
        await Observe(sink, 0, (1, FaceState.Appeared));
        await Observe(sink, 50, (1, FaceState.Tracked));
        await sink.PublishEventAsync(SampleEvents.Ended(1, 12, 900, 1100), CancellationToken.None);
        await sink.PublishEventAsync(SampleEvents.Ended(2, 4, 100, 1700, peak: 4.96f), CancellationToken.None);
        await sink.PublishEventAsync(SampleEvents.Ended(1, 12, 100.4, 300.6), CancellationToken.None);
        await sink.CompleteAsync(CancellationToken.None);
        ElanFile.ReadValid(EafPath).Annotations.ShouldBe(
        [
            new("face1", 0, 2000, "face 1"),
            new("face1-AU12", 100, 301, "3.3"),
            new("face1-AU12", 900, 1100, "3.3"),
            new("face2-AU04", 100, 1700, "5.0"),
        ]);
    }

    [Fact]
    public void Whatever_the_events_the_document_is_valid_and_none_is_missing()
    {
        Check.QuickThrowOnFailure(Prop.ForAll<(byte Face, byte Unit, NonNegativeInt Onset, byte Duration)[]>(events =>
        {
            ElanAnnotation[] annotations = [.. events.Select(e =>
                new ElanAnnotation(1 + (e.Face % 2), 1 + (e.Unit % 2), e.Onset.Get * 300L, (e.Onset.Get * 300L) + (e.Duration * 7L), 2))];
            using (FileStream file = File.Create(EafPath))
            {
                ElanDocument.Write(file, SampleFrames.Session(), SampleEvents.Source(SourceKind.File), annotations);
            }

            ElanFile.ReadValid(EafPath).Annotations.Count.ShouldBe(events.Length);
        }));
    }

    [Fact]
    public void A_file_is_named_so_that_ELAN_opens_it()
    {
        string video = _folder.File("interview <1> & \"two\".mp4");
        _ = Sink(SampleEvents.Source(SourceKind.File, video));
        XElement media = ElanFile.ReadValid(EafPath).Root.Descendants("MEDIA_DESCRIPTOR").ShouldHaveSingleItem();
        ((string)media.Attribute("MEDIA_URL")!).ShouldBe("file://" + video);
        ((string)media.Attribute("MIME_TYPE")!).ShouldBe("video/mp4");
    }

    [Theory]
    [InlineData(SourceKind.Live, "rtsp://camera-1.example/stream")]
    [InlineData(SourceKind.File, "https://example.org/clip.mp4")]
    public void What_is_no_file_of_this_machine_names_no_media(SourceKind kind, string uri)
    {
        _ = Sink(SampleEvents.Source(kind, uri));
        ElanFile.ReadValid(EafPath).Root.Descendants("MEDIA_DESCRIPTOR").ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_an_end_the_file_holds_what_ended_more_than_a_second_ago()
    {
        ElanSink sink = Sink(SampleEvents.Source(SourceKind.File));
        for (int sequence = 0; sequence <= 1_500; sequence++)
        {
            await Observe(sink, sequence);
            double milliseconds = sequence * 40;
            if (sequence % 25 == 24)
            {
                await sink.PublishEventAsync(SampleEvents.Ended(1, 12, milliseconds - 500, milliseconds), CancellationToken.None);
            }
        }

        ElanFile.ReadValid(EafPath).Annotations.Count.ShouldBeInRange(59, 60, "one a second, the last of them 0.04 s ago");
        Directory.GetFiles(_folder.Path).ShouldHaveSingleItem();
    }

    private ElanSink Sink(SourceDescription source) =>
        new(EafPath, SampleFrames.Session(), source, new EventIdGenerator(TimeProvider.System));

    private async Task Observe(ElanSink sink, long sequence, params (long, FaceState)[] faces)
    {
        using FrameFaces frame = _frames.Frame(sequence, faces);
        await sink.PublishFrameAsync(frame, CancellationToken.None);
    }
}
