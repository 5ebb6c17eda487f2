using System.Diagnostics;
using AuStream.Pipeline.Diagnosing;

namespace AuStream.EndToEnd.Tests.Diagnosing;

public sealed class ToolRunnerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_program_that_hangs_is_killed_with_its_children_and_counts_as_silent()
    {
        _folder.WriteScript("hangs", $"sleep 60 & echo $! > '{_folder.PathOf("child")}'; wait");
        ToolRunner tools = new(TimeSpan.FromSeconds(3), _folder.Root);
        Stopwatch watch = Stopwatch.StartNew();

        ToolOutput? output = await tools.RunAsync("hangs", [], default);

        output.ShouldBeNull();
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
        string child = (await File.ReadAllTextAsync(_folder.PathOf("child"))).Trim();
        HasEnded(child).ShouldBeTrue();
    }

    [Fact]
    public async Task Output_and_exit_code_are_returned_and_standard_error_is_left_out()
    {
        _folder.WriteScript("speaks", "echo one; echo two >&2; echo three; exit 3");

        ToolOutput? output = await new ToolRunner(searchPath: _folder.Root).RunAsync("speaks", [], default);

        output.ShouldBe(new ToolOutput(3, "one\nthree\n"));
        output!.FirstLine.ShouldBe("one");
    }

    [Fact]
    public void A_file_that_is_not_executable_is_not_a_program()
    {
        _folder.Write("ffmpeg", "text");

        new ToolRunner(searchPath: _folder.Root).Find("ffmpeg").ShouldBeNull();
    }

    // A killed child may remain as a zombie (state Z) until the system's first process has taken note of it.
    private static bool HasEnded(string process)
    {
        string status = $"/proc/{process}/stat";
        return SpinWait.SpinUntil(() => !File.Exists(status) || File.ReadAllText(status).Contains(") Z "), TimeSpan.FromSeconds(5));
    }
}
