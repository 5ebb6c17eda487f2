using AuStream.EndToEnd.Tests.Programs;
using AuStream.Testing;

namespace AuStream.EndToEnd.Tests.Analyzing;

public sealed class AnalyzeTests
{
    [Fact]
    public async Task A_video_gives_one_row_per_frame_with_its_own_timestamp()
    {
        using TemporaryFolder folder = new();
        CsvTable frames = await AnalyzeAsync(SharedMedia.Require("media/single_face.mp4"), folder);

        frames.Rows.Count.ShouldBe(72);
        frames.Rows.Select(row => frames.Number(row, "frame")).ShouldBe(Enumerable.Range(1, 72).Select(i => (double)i));
        frames.Rows.Select(row => frames.Number(row, "timestamp")).ShouldBeInOrder();
        frames.Rows.ShouldAllBe(row => frames.Number(row, "success") == 1);
        frames.Rows.Select(row => frames.Text(row, "face_id")).Distinct().ShouldBe(["1"]);
        File.Exists(folder.PathOf("events.tsv")).ShouldBeTrue();
        File.Exists(folder.PathOf("annotations.eaf")).ShouldBeTrue();
    }

    [Fact]
    public async Task Intensity_and_presence_never_contradict_each_other()
    {
        using TemporaryFolder folder = new();
        CsvTable frames = await AnalyzeAsync(SharedMedia.Require("media/single_face.mp4"), folder);

        string[] units = [.. frames.Columns.Where(name => name.StartsWith("AU", StringComparison.Ordinal) && name.EndsWith("_r", StringComparison.Ordinal)).Select(name => name[..^2])];
        units.Length.ShouldBe(21);
        foreach (string unit in units)
        {
            double[] present = [.. frames.Rows.Where(row => frames.Number(row, unit + "_c") == 1).Select(row => frames.Number(row, unit + "_r"))];
            double[] absent = [.. frames.Rows.Where(row => frames.Number(row, unit + "_c") == 0).Select(row => frames.Number(row, unit + "_r"))];
            present.Concat(absent).ShouldAllBe(intensity => intensity >= 0 && intensity <= 5);
            if (present.Length > 0 && absent.Length > 0)
            {
                present.Min().ShouldBeGreaterThanOrEqualTo(absent.Max(), unit);
            }
        }
    }

    [Fact]
    public async Task The_same_video_gives_the_same_bytes()
    {
        using TemporaryFolder first = new();
        using TemporaryFolder second = new();
        string video = SharedMedia.Require("media/single_face.mp4");

        await AnalyzeAsync(video, first);
        await AnalyzeAsync(video, second);

        File.ReadAllBytes(first.PathOf("frames.csv")).ShouldBe(File.ReadAllBytes(second.PathOf("frames.csv")));
    }

    [Fact]
    public async Task A_video_without_a_face_gives_rows_that_say_so()
    {
        using TemporaryFolder folder = new();
        CsvTable frames = await AnalyzeAsync(SharedMedia.Require("media/no_face.mp4"), folder);

        frames.Rows.Count.ShouldBeGreaterThan(10);
        frames.Rows.ShouldAllBe(row => frames.Number(row, "success") == 0);
    }

    [Fact]
    public async Task A_face_that_comes_and_goes_is_found_and_lost()
    {
        using TemporaryFolder folder = new();
        CsvTable frames = await AnalyzeAsync(SharedMedia.Require("media/face_noface.mov"), folder);

        double[] success = [.. frames.Rows.Select(row => frames.Number(row, "success"))];
        success.ShouldContain(0);
        success.ShouldContain(1);
        success.Zip(success.Skip(1)).Count(pair => pair.First != pair.Second).ShouldBeLessThanOrEqualTo(4, "the face does not flicker");
    }

    [Fact]
    public async Task All_five_faces_of_a_group_picture_are_found()
    {
        using TemporaryFolder folder = new();
        CsvTable frames = await AnalyzeAsync(SharedMedia.Require("media/multi_face.jpg"), folder);

        frames.Rows.Count.ShouldBe(5);
        frames.Rows.Select(row => frames.Text(row, "face_id")).Distinct().Count().ShouldBe(5);
        frames.Rows.ShouldAllBe(row => frames.Text(row, "file") == "multi_face.jpg");
    }

    [Fact]
    public async Task A_folder_of_pictures_gives_one_row_per_picture_and_face()
    {
        string portraits = SharedMedia.Require("media/london-dev/neutral");
        using TemporaryFolder folder = new();
        CsvTable frames = await AnalyzeAsync(portraits, folder);

        string[] pictures = [.. Directory.EnumerateFiles(portraits).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];
        frames.Rows.Select(row => frames.Text(row, "file")).Order(StringComparer.Ordinal).ShouldBe(pictures);
        frames.Rows.ShouldAllBe(row => frames.Number(row, "success") == 1);
    }

    private static async Task<CsvTable> AnalyzeAsync(string input, TemporaryFolder folder)
    {
        ProgramResult result = await AuStreamProgram.RunAsync("analyze", input, "--out", folder.Root);

        result.ExitCode.ShouldBe(0, result.Errors);
        return new CsvTable(folder.PathOf("frames.csv"));
    }
}
