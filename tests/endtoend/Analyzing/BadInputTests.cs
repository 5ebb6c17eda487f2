using AuStream.EndToEnd.Tests.Programs;

namespace AuStream.EndToEnd.Tests.Analyzing;

public sealed class BadInputTests
{
    [Fact]
    public async Task A_missing_file_is_named()
    {
        using TemporaryFolder folder = new();
        ProgramResult result = await AuStreamProgram.RunAsync("analyze", folder.PathOf("no-such.mp4"), "--out", folder.PathOf("out"));

        result.ExitCode.ShouldBe(66);
        result.Errors.ShouldContain("no-such.mp4");
    }

    [Fact]
    public async Task A_file_that_is_not_a_video_is_named()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.PathOf("notes.mp4"), "These are notes, not a video.");
        ProgramResult result = await AuStreamProgram.RunAsync("analyze", folder.PathOf("notes.mp4"), "--out", folder.PathOf("out"));

        result.ExitCode.ShouldBe(66);
        result.Errors.ShouldContain("notes.mp4");
    }

    [Fact]
    public async Task An_unknown_model_is_answered_with_those_that_exist()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.PathOf("notes.mp4"), "never read");
        ProgramResult result = await AuStreamProgram.RunAsync("analyze", folder.PathOf("notes.mp4"), "--out", folder.PathOf("out"), "--model", "austream-bass");

        result.ExitCode.ShouldBe(2);
        result.Errors.ShouldContain("austream-bass");
        result.Errors.ShouldContain("austream-base");
    }

    [Fact]
    public async Task An_unknown_option_is_a_usage_error_and_leads_to_the_help()
    {
        ProgramResult result = await AuStreamProgram.RunAsync("analyze", "clip.mp4", "--uot", "x");

        result.ExitCode.ShouldBe(2);
        result.Errors.ShouldContain("austream analyze --help");
    }

    [Fact]
    public async Task Help_teaches_with_examples()
    {
        ProgramResult result = await AuStreamProgram.RunAsync("analyze", "--help");

        result.ExitCode.ShouldBe(0);
        result.Output.ShouldContain("austream analyze interview.mp4 --out results");
    }
}
