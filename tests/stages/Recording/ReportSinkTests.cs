using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using AuStream.Stages.Decoding;
using AuStream.Stages.Faces;
using AuStream.Stages.Recording;
using AuStream.Stages.Tests.Publishing;
using FsCheck;
using FsCheck.Fluent;

namespace AuStream.Stages.Tests.Recording;

public sealed partial class ReportSinkTests : IDisposable
{
    private readonly RecordingFolder _folder = new();
    private readonly SampleFrames _frames = new([12, 25, 43]);

    private string ReportPath => _folder.File("report.html");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_face_has_its_action_units_with_events_first_and_the_rest_folded_away()
    {
        ReportSink sink = Sink("interview.mp4");
        await Observe(sink, 50, (1, FaceState.Appeared), (2, FaceState.Appeared));
        await sink.PublishEventAsync(SampleEvents.Ended(1, 12, 400, 1400, peak: 3.25f), CancellationToken.None);
        await sink.PublishEventAsync(SampleEvents.Ended(1, 45, 100, 200, peak: 4.5f), CancellationToken.None);
        await sink.CompleteAsync(CancellationToken.None);

        string report = await File.ReadAllTextAsync(ReportPath, TestContext.Current.CancellationToken);
        report.ShouldContain("<h1>interview.mp4</h1>");
        report.ShouldContain("2 faces");
        string first = Section(report, 1);
        first.ShouldContain("seen in 50 frames");
        first.ShouldContain("<title>AU12 0.40 to 1.40 s, peak 3.3</title>");
        first.ShouldContain("<title>blink 0.10 to 0.20 s, peak 4.5</title>");
        string[] parts = first.Split("<details>");
        LaneNames(parts[0]).ShouldBe(["AU12", "AU43"]);
        LaneNames(parts[1]).ShouldBe(["AU25"]);
        parts[1].ShouldContain("1 action unit without an event");
        Section(report, 2).ShouldContain("No action unit had an event.");
    }

    [Fact]
    public async Task A_curve_has_the_mean_of_each_bin_and_a_gap_where_the_face_was_not_seen()
    {
        ReportSink sink = Sink("clip.mp4");
        await Observe(sink, 10, (1, FaceState.Appeared));
        for (int sequence = 10; sequence < 40; sequence++)
        {
            using FrameFaces empty = _frames.Frame(sequence);
            await sink.PublishFrameAsync(empty, CancellationToken.None);
        }

        await Observe(sink, 10, (1, FaceState.Tracked), from: 40);
        await sink.CompleteAsync(CancellationToken.None);

        string report = await File.ReadAllTextAsync(ReportPath, TestContext.Current.CancellationToken);
        report.ShouldContain("30 frames without a face");
        string curve = CurvePattern().Match(report).Groups["d"].Value;
        curve.Count(c => c == 'M').ShouldBe(2, "the curve begins anew after the gap");
        curve.Count(c => c == 'L').ShouldBe(18);

        // 50 frames at 25 per second are 2 s: the first bin's middle is at 20 ms, and the first intensity of AU12 is 0.9 of 5.
        curve.ShouldStartWith(string.Create(CultureInfo.InvariantCulture, $"M{1000 * 0.02 / 2:0.##} {29 - (0.9 / 5 * 28):0.##}"));
    }

    [Fact]
    public async Task Nothing_in_a_name_becomes_markup_and_no_folder_is_told()
    {
        ReportSink sink = Sink("/home/somebody/<script>alert(1)</script>&.mp4");
        await sink.CompleteAsync(CancellationToken.None);

        string report = await File.ReadAllTextAsync(ReportPath, TestContext.Current.CancellationToken);
        report.ShouldNotContain("<script>alert");
        report.ShouldNotContain("somebody");
        report.ShouldContain("No face was seen.");
    }

    [Fact]
    public async Task The_file_loads_nothing_and_says_until_the_end_that_it_is_to_come()
    {
        ReportSink sink = Sink("clip.mp4");
        string before = await File.ReadAllTextAsync(ReportPath, TestContext.Current.CancellationToken);
        before.ShouldContain("still being measured");
        await sink.CompleteAsync(CancellationToken.None);
        string report = await File.ReadAllTextAsync(ReportPath, TestContext.Current.CancellationToken);
        report.ShouldNotContain("still being measured");
        report.ShouldNotContain("http");
        report.ShouldNotContain("<img");
    }

    [Fact]
    public void Memory_stays_bounded_over_hours_and_crowds_and_the_faces_seen_longest_are_kept()
    {
        ReportTimelines timelines = new(1);
        FrameFacesPool pool = new();
        SampleFrames frames = new([12]);
        long sequence = 0;
        for (int person = 1; person <= 300; person++)
        {
            for (int i = 0; i < 5 + (person % 7); i++)
            {
                using FrameFaces frame = frames.Frame(sequence, (person, FaceState.Tracked), (1000, FaceState.Tracked));
                timelines.Add(frame);
                sequence += 1000;
            }
        }

        timelines.Complete();

        timelines.Faces.Count.ShouldBe(ReportTimelines.LargestFaceCount);
        timelines.FacesLeftOut.ShouldBe(301 - ReportTimelines.LargestFaceCount);
        timelines.Faces.ShouldContain(face => face.FaceId == 1000);
        timelines.Faces.Where(face => face.FaceId != 1000).ShouldAllBe(face => face.Frames >= 11);
        timelines.Faces.ShouldAllBe(face => face.Bins <= ReportTimelines.LargestBinCount);
        (timelines.LengthMicroseconds / timelines.BinMicroseconds).ShouldBeInRange(ReportTimelines.LargestBinCount / 2, ReportTimelines.LargestBinCount);
    }

    [Fact]
    public void Wider_bins_keep_the_mean_of_what_they_hold() =>
        Check.QuickThrowOnFailure(Prop.ForAll<NonEmptyArray<byte>>(values =>
        {
            FaceTimeline timeline = new(1, 1, 0);
            for (int i = 0; i < values.Get.Length; i++)
            {
                timeline.Add(i, i, [values.Get[i] / 51f]);
            }

            timeline.Halve();
            for (int i = 0; i < (values.Get.Length + 1) / 2; i++)
            {
                byte[] both = values.Get[(2 * i)..Math.Min(values.Get.Length, (2 * i) + 2)];
                timeline.MeanOf(0, i).ShouldBe((float)both.Average(value => value / 51.0), 1e-5f);
            }
        }));

    [Theory]
    [InlineData(2, 0.5)]
    [InlineData(14, 2)]
    [InlineData(3600, 600)]
    [InlineData(1e6, 172_800)]
    public void Marks_are_round_and_few(double seconds, double step) => ReportDocument.StepFor(seconds).ShouldBe(step);

    [Theory]
    [InlineData(3.5, "3.5 s")]
    [InlineData(125, "2:05")]
    [InlineData(3725, "1:02:05")]
    public void Times_are_written_as_people_read_them(double seconds, string text) => ReportDocument.Clock(seconds).ShouldBe(text);

    private static string Section(string report, int face) =>
        report.Split($"id=\"face-{face}\"")[1].Split("</section>")[0];

    private static string[] LaneNames(string html) => [.. NamePattern().Matches(html).Select(match => WebUtility.HtmlDecode(match.Groups["name"].Value))];

    private async Task Observe(ReportSink sink, int count, (long FaceId, FaceState State) face, int from = 0) => await Observe(sink, count, [face], from);

    private async Task Observe(ReportSink sink, int count, params (long FaceId, FaceState State)[] faces) => await Observe(sink, count, faces, 0);

    private async Task Observe(ReportSink sink, int count, (long FaceId, FaceState State)[] faces, int from)
    {
        for (int sequence = from; sequence < from + count; sequence++)
        {
            using FrameFaces frame = _frames.Frame(sequence, faces);
            await sink.PublishFrameAsync(frame, CancellationToken.None);
        }
    }

    private ReportSink Sink(string uri) => new(ReportPath, SampleFrames.Session([12, 25, 43]), SampleEvents.Source(SourceKind.File, uri));

    [GeneratedRegex("<path class=\"curve\" d=\"(?<d>[^\"]*)\"", RegexOptions.None, 1000)]
    private static partial Regex CurvePattern();

    [GeneratedRegex("<b>(?<name>[^<]*)</b>", RegexOptions.None, 1000)]
    private static partial Regex NamePattern();
}
