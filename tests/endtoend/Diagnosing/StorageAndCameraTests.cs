using AuStream.Pipeline.Diagnosing;

namespace AuStream.EndToEnd.Tests.Diagnosing;

public sealed class StorageAndCameraTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_folder_that_does_not_exist_yet_is_fine_when_it_can_be_made_and_nothing_is_left_behind()
    {
        StorageDiagnostic storage = new(_folder.PathOf("not/yet"), _folder.Root);

        IReadOnlyList<DiagnosticCheck> checks = await storage.ExamineAsync(default);

        checks.Select(check => check.Name).ShouldBe(["cache", "temporary files"]);
        checks[0].Detail.ShouldStartWith(_folder.PathOf("not/yet"));
        checks[0].Detail.ShouldEndWith("GiB free");
        Directory.EnumerateFileSystemEntries(_folder.Root).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_in_the_caches_way_is_a_warning_with_the_remedy()
    {
        string file = _folder.Write("file", "");
        StorageDiagnostic storage = new(Path.Combine(file, "austream"), _folder.Root);

        DiagnosticCheck check = (await storage.ExamineAsync(default))[0];

        check.State.ShouldBe(CheckState.Warning);
        check.Detail.ShouldContain($"{file} is a file");
        check.Remedy!.ShouldContain("XDG_CACHE_HOME");
    }

    [Fact]
    public async Task Each_camera_is_named_as_the_kernel_names_it()
    {
        _folder.Write("dev/video1", "");
        _folder.Write("dev/video0", "");
        _folder.Write("sys/video0/name", "Integrated Camera\n");

        IReadOnlyList<DiagnosticCheck> checks = await new CameraDiagnostic(_folder.PathOf("dev"), _folder.PathOf("sys")).ExamineAsync(default);

        checks.Select(check => check.Detail).ShouldBe([$"{_folder.PathOf("dev/video0")}: Integrated Camera", _folder.PathOf("dev/video1")]);
    }

    [Fact]
    public async Task No_camera_is_no_fault() =>
        (await new CameraDiagnostic(_folder.Root, _folder.Root).ExamineAsync(default)).ShouldHaveSingleItem().State.ShouldBe(CheckState.Ok);
}
