using AuStream.Stages.Decoding;
using AuStream.Stages.Faces;
using AuStream.Stages.Publishing;
using AuStream.Stages.Recording;
using AuStream.Stages.Tests.Publishing;

namespace AuStream.Stages.Tests.Recording;

public sealed class ResultFilesTests : IDisposable
{
    private readonly RecordingFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(SourceKind.File, new[] { "annotations.eaf", "events.json", "events.tsv", "frames.csv", "report.html" })]
    [InlineData(SourceKind.Live, new[] { "annotations.eaf", "events.json", "events.tsv", "frames.csv", "report.html" })]
    [InlineData(SourceKind.Pictures, new[] { "frames.csv" })]
    public async Task The_kind_of_source_decides_which_files_there_are(SourceKind kind, string[] names)
    {
        string folder = Path.Combine(_folder.Path, "new", "results");
        IReadOnlyList<IResultSink> sinks = Create(folder, kind);
        using FrameFaces frame = new SampleFrames(SampleFrames.AllActionUnits).Frame(0, "a.png", (1, FaceState.Appeared));
        foreach (IResultSink sink in sinks)
        {
            await sink.PublishFrameAsync(frame, CancellationToken.None);
            await sink.CompleteAsync(CancellationToken.None);
            await sink.DisposeAsync();
        }

        Directory.GetFiles(folder).Select(Path.GetFileName).Order().ShouldBe(names);
        CsvRows.Read(Path.Combine(folder, "frames.csv")).ShouldHaveSingleItem().ContainsKey("file").ShouldBe(kind == SourceKind.Pictures);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_named_with_the_remedy()
    {
        string file = _folder.File("taken");
        File.WriteAllText(file, "");
        ResultFileException error = Should.Throw<ResultFileException>(() => Create(file, SourceKind.File));
        error.Message.ShouldContain(file);
        error.Message.ShouldContain("choose another folder");
    }

    [Fact]
    public void When_one_file_cannot_be_made_the_others_are_closed()
    {
        Directory.CreateDirectory(_folder.File("annotations.eaf"));
        Should.Throw<ResultFileException>(() => Create(_folder.Path, SourceKind.File)).Message.ShouldContain("annotations.eaf");
        OpenFiles().ShouldNotContain(path => path.StartsWith(_folder.Path, StringComparison.Ordinal));
    }

    private static string[] OpenFiles()
    {
        DirectoryInfo descriptors = new("/proc/self/fd");
        Assert.SkipUnless(descriptors.Exists, "This system does not list open files.");
        return [.. descriptors.EnumerateFileSystemInfos().Select(descriptor => descriptor.LinkTarget ?? "")];
    }

    private static IReadOnlyList<IResultSink> Create(string folder, SourceKind kind) => ResultFiles.Create(
        folder, SampleFrames.Session(), SampleEvents.Source(kind), new EventIdGenerator(TimeProvider.System));
}
