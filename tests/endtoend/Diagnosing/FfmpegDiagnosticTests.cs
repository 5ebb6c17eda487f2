using AuStream.Pipeline.Diagnosing;

namespace AuStream.EndToEnd.Tests.Diagnosing;

public sealed class FfmpegDiagnosticTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_installed_ffmpeg_reads_all_that_the_sources_need()
    {
        IReadOnlyList<DiagnosticCheck> checks = await new FfmpegDiagnostic(new ToolRunner()).ExamineAsync(default);

        checks.Select(check => (check.Name, check.State)).ShouldBe([("ffmpeg", CheckState.Ok), ("ffprobe", CheckState.Ok)]);
        checks[0].Detail.ShouldMatch(@"^n?[0-9]+\.[0-9]");
    }

    [Fact]
    public async Task Without_ffmpeg_both_programs_are_missing_and_the_remedy_is_named()
    {
        IReadOnlyList<DiagnosticCheck> checks = await new FfmpegDiagnostic(new ToolRunner(searchPath: _folder.Root)).ExamineAsync(default);

        checks.ShouldAllBe(check => check.State == CheckState.Missing && check.Remedy!.Contains("./austream setup"));
        checks.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_build_without_RTSP_is_a_warning_that_names_RTSP_and_nothing_else()
    {
        _folder.WriteScript("ffprobe", "echo 'ffprobe version 6.0 Copyright'");
        _folder.WriteScript("ffmpeg", """
            case ${*: -1} in
                -version) echo 'ffmpeg version 6.0 Copyright' ;;
                -demuxers) /usr/bin/ffmpeg "$@" | grep -v ' rtsp ' ;;
                *) /usr/bin/ffmpeg "$@" ;;
            esac
            """);

        IReadOnlyList<DiagnosticCheck> checks = await new FfmpegDiagnostic(new ToolRunner(searchPath: _folder.Root)).ExamineAsync(default);

        checks[0].State.ShouldBe(CheckState.Warning);
        checks[0].Detail.ShouldBe("6.0; this build cannot read RTSP cameras (rtsp)");
    }

    [Fact]
    public async Task A_machine_that_is_too_busy_to_answer_is_not_told_to_install_anything()
    {
        _folder.WriteScript("ffprobe", "sleep 60");
        _folder.WriteScript("ffmpeg", "[[ $1 == -version ]] || sleep 60; echo 'ffmpeg version 6.0 Copyright'");

        IReadOnlyList<DiagnosticCheck> checks =
            await new FfmpegDiagnostic(new ToolRunner(TimeSpan.FromSeconds(3), _folder.Root)).ExamineAsync(default);

        checks.ShouldAllBe(check => check.State == CheckState.Warning && check.Detail.EndsWith("did not answer in time") && !check.Remedy!.Contains("setup"));
        checks[0].Detail.ShouldStartWith("6.0; asked for its demuxers");
    }

    [Fact]
    public void Names_are_read_from_tables_and_from_plain_lists()
    {
        HashSet<string> names = FfmpegDiagnostic.Features(" D  mov,mp4,m4a  QuickTime / MOV\n  tcp\n V....D h264   H.264 / AVC\n");

        names.ShouldBe(["mov", "mp4", "m4a", "tcp", "h264"], ignoreOrder: true);
    }
}
