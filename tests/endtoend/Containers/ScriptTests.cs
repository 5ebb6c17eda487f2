using System.ComponentModel;
using AuStream.EndToEnd.Tests.Programs;

namespace AuStream.EndToEnd.Tests.Containers;

/// <summary>The scripts in <c>eng/</c>, many of which run only where images are built or on boards.</summary>
public class ScriptTests
{
    [Fact]
    public async Task Bash_can_read_every_script()
    {
        ShellCommand.Scripts.Count().ShouldBeGreaterThan(15);
        foreach (string script in ShellCommand.Scripts)
        {
            ProgramResult result = await ShellCommand.RunAsync("bash", "-n", script);

            result.Errors.ShouldBeEmpty(script);
            result.ExitCode.ShouldBe(0, script);
        }
    }

    [Fact]
    public async Task Shellcheck_has_no_complaint()
    {
        ProgramResult result;
        try
        {
            result = await ShellCommand.RunAsync("shellcheck", ["--severity=warning", .. ShellCommand.Scripts]);
        }
        catch (Win32Exception)
        {
            Assert.Skip("needs shellcheck: apt-get install shellcheck");
            throw;
        }

        result.Output.ShouldBeEmpty();
        result.ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Scripts_that_name_their_interpreter_can_be_run()
    {
        foreach (string script in ShellCommand.Scripts.Where(script => File.ReadAllText(ShellCommand.PathOf(script)).StartsWith("#!", StringComparison.Ordinal)))
        {
            (await ShellCommand.RunAsync("test", "-x", script)).ExitCode.ShouldBe(0, script);
        }
    }

    [Theory]
    [InlineData("publish.sh", "linux-riscv64", "folder")]
    [InlineData("publish.sh", "linux-arm64", "folder", "cuda")]
    [InlineData("publish.sh", "linux-x64", "folder", "rocm")]
    [InlineData("ffmpeg.sh")]
    [InlineData("ffmpeg.sh", "install", "folder")]
    public async Task What_the_container_scripts_cannot_do_is_refused_before_anything_is_done(string script, params string[] arguments)
    {
        ProgramResult result = await ShellCommand.RunAsync(ShellCommand.PathOf($"eng/containers/{script}"), arguments);

        result.ExitCode.ShouldBe(2);
        result.Output.ShouldBeEmpty();
        result.Errors.ShouldContain(script);
    }
}
