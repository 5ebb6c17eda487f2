using System.Diagnostics;
using AuStream.Testing;

namespace AuStream.EndToEnd.Tests.Launching;

/// <summary><c>austream test</c>: running the suites and reading what they print. The suites here are scripts that print what
/// the real runners print.</summary>
public sealed class TestCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TestCommandTests() => _folder.Write("artifacts/setup/dotnet", "/usr/bin/dotnet");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Suites_are_summed_up_and_the_last_line_is_the_total()
    {
        Suite("First", "echo '   First.Tests  Total: 12, Errors: 0, Failed: 0, Skipped: 2, Not Run: 1, Time: 0.1s'");
        Suite("Second", "echo '   Second.Tests  Total: 5, Errors: 0, Failed: 0, Skipped: 0, Not Run: 0, Time: 0.1s'");

        (int exitCode, string[] lines) = await TestAsync();

        lines[^1].ShouldBe("14 passed, 0 failed, 2 skipped");
        lines.Count(line => line.Contains("passed", StringComparison.Ordinal)).ShouldBe(1);
        exitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Failing_tests_are_shown_with_their_messages_and_the_exit_code_says_so()
    {
        Suite("First", """
            cat <<'END'
              Starting:    First.Tests
                First.Tests.Works.Not_at_all [FAIL]
                  Shouldly.ShouldAssertException : 1 should be 2
                  Stack Trace:
                    ROOT/tests/First/Works.cs(3,0): at First.Tests.Works.Not_at_all()
                       at System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw()
                    --- End of stack trace from previous location ---
                       at System.Reflection.MethodBaseInvoker.InvokeWithNoArgs(Object obj, BindingFlags invokeAttr)
                First.Tests.Works.Not_here [SKIP]
                  needs ../shared/media, which is not beside this checkout
            noise
              Finished:    First.Tests
               First.Tests  Total: 3, Errors: 0, Failed: 1, Skipped: 1, Not Run: 0, Time: 0.1s
            END
            exit 1
            """.Replace("ROOT", _folder.Root));

        (int exitCode, string[] lines) = await TestAsync();

        string output = string.Join('\n', lines);
        output.ShouldContain("First.Tests.Works.Not_at_all [FAIL]");
        output.ShouldContain("1 should be 2");
        output.ShouldContain(" tests/First/Works.cs(3,0)");
        output.ShouldNotContain("System.R");
        output.ShouldNotContain("End of stack trace");
        output.ShouldNotContain("noise");
        output.ShouldContain("skipped: needs ../shared/media, which is not beside this checkout (1)");
        lines[^1].ShouldBe("1 passed, 1 failed, 1 skipped");
        exitCode.ShouldBe(1);
    }

    [Theory]
    [InlineData("echo 'Segmentation fault'; exit 139", "ended (exit code 139) without a summary")]
    [InlineData("exit 0", "ended (exit code 0) without a summary")]
    [InlineData("echo '   First.Tests  Total: 3, Errors: 0, Failed: 0, Skipped: 0, Not Run: 0, Time: 0.1s'; exit 134", "exit code 134 although no test failed")]
    public async Task A_suite_that_crashes_is_a_failure(string body, string problem)
    {
        Suite("First", body);

        (int exitCode, string[] lines) = await TestAsync();

        string.Join('\n', lines).ShouldContain(problem);
        lines[^1].ShouldMatch("^[03] passed, 1 failed$");
        exitCode.ShouldBe(1);
    }

    [Fact]
    public async Task A_suite_that_hangs_is_ended_and_is_a_failure()
    {
        Suite("First", "echo before; sleep 60");

        (int exitCode, string[] lines) = await TestAsync(suiteLimit: 2);

        string.Join('\n', lines).ShouldContain("did not finish in time");
        lines.ShouldContain("      | before");
        lines[^1].ShouldBe("0 passed, 1 failed");
        exitCode.ShouldBe(1);
    }

    [Theory]
    [InlineData("Ran 4 tests in 0.1s\n\nOK", 0, "4 0 0")]
    [InlineData("Ran 4 tests in 0.1s\n\nOK (skipped=3)", 0, "1 0 3")]
    [InlineData("Ran 9 tests in 1.5s\n\nFAILED (failures=1, errors=2, skipped=1)", 1, "5 3 1")]
    [InlineData("Ran 1 test in 0.0s\n\nFAILED (errors=1)", 1, "0 1 0")]
    [InlineData("Ran 0 tests in 0.0s\n\nFAILED (errors=1)", 1, "0 1 0")]
    [InlineData("Ran 0 tests in 0.0s\n\nNO TESTS RAN", 0, "0 0 0")]
    [InlineData("Traceback (most recent call last):", 1, "0 1 0")]
    [InlineData("Ran 2 tests in 0.1s\n\nOK", 139, "2 1 0")]
    public async Task Pythons_unittest_is_read(string log, int status, string counts)
    {
        string path = _folder.Write("log", log + "\n");

        (_, string[] lines) = await BashAsync(
            "source \"$1/eng/testing/results.sh\"; read_counts unittest \"$2\" \"$3\"; echo \"$suite_passed $suite_failed $suite_skipped\"",
            SharedMedia.RepositoryRoot, path, $"{status}");

        lines.ShouldBe([counts]);
    }

    [Fact]
    public async Task A_filter_reaches_the_runner_and_one_that_matches_nothing_is_a_failure()
    {
        Suite("First", "echo \"$*\" >'" + _folder.PathOf("arguments") + "'; echo '   First.Tests  Total: 0'");

        (int exitCode, string[] lines) = await TestAsync("--filter", "Tracks faces");

        (await File.ReadAllTextAsync(_folder.PathOf("arguments"))).ShouldContain("-method *Tracks faces*");
        lines.ShouldContain("No test matches \"Tracks faces\".");
        lines[^1].ShouldBe("0 passed, 1 failed");
        exitCode.ShouldBe(1);
    }

    [Fact]
    public async Task An_unknown_argument_is_refused_with_the_usage()
    {
        (int exitCode, string[] lines) = await TestAsync("--fliter", "x");

        exitCode.ShouldBe(2);
        lines[0].ShouldBe("austream: test: unknown argument --fliter");
    }

    private void Suite(string name, string body)
    {
        _folder.Write($"tests/{name}/{name}.Tests.csproj", "");
        _folder.WriteScript($"artifacts/bin/{name}.Tests/release/{name}.Tests", body);
    }

    private Task<(int ExitCode, string[] Lines)> TestAsync(params string[] arguments) => TestAsync(60, arguments);

    private Task<(int ExitCode, string[] Lines)> TestAsync(int suiteLimit, params string[] arguments) => BashAsync(
        "set -euo pipefail; real=$1; dotnet_record=$2/artifacts/setup/dotnet; mkdir -p \"$2/eng\"; ln -sfn \"$real/eng/testing\" \"$2/eng/testing\"; "
            + "root=$2; AUSTREAM_SUITE_LIMIT=$3; source \"$real/eng/testing/suites.sh\"; shift 3; test_everything \"$@\"",
        [SharedMedia.RepositoryRoot, _folder.Root, $"{suiteLimit}", .. arguments]);

    private static async Task<(int ExitCode, string[] Lines)> BashAsync(string script, params string[] arguments)
    {
        ProcessStartInfo start = new("bash", ["-c", script + " 2>&1", "bash", .. arguments]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output.TrimEnd('\n').Split('\n'));
    }
}
