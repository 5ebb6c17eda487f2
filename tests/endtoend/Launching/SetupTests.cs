using System.Diagnostics;

namespace AuStream.EndToEnd.Tests.Launching;

public sealed class SetupTests : IDisposable
{
    private static readonly string[] StepsOfAnalyze =
    [
        "fetching npm's com.github.asus4.onnxruntime 1.2.3 (1 MB): tests",
        "packing ONNX Runtime as a NuGet package",
        "building AuStream",
        "fetching npm's @mediapipe/face_detection 1.2.3 (1 MB): tests",
        "fetching npm's @mediapipe/face_mesh 1.2.3 (1 MB): tests",
        "importing the face models",
    ];

    private readonly LauncherSandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task The_first_start_gets_what_is_missing_in_order_and_hands_over_arguments_folder_and_exit_code()
    {
        LauncherRun run = await _sandbox.RunAsync("analyze", "a film.mp4", "--out", "it's; here");

        run.Steps.ShouldBe(StepsOfAnalyze);
        run.Output.ShouldBe($"program in {_sandbox.PathOf("").TrimEnd('/')} with 4:\n[analyze]\n[a film.mp4]\n[--out]\n[it's; here]\n");
        run.ExitCode.ShouldBe(7);
        _sandbox.CallsOf("dotnet")[^2].ShouldContain("models import --from /cache/austream/npm --out /checkout/artifacts/models");
    }

    [Fact]
    public async Task The_second_start_needs_no_network_calls_no_build_and_says_nothing_of_its_own()
    {
        await _sandbox.RunAsync("analyze");
        _sandbox.Write("offline", "");
        int calls = _sandbox.CallsOf("dotnet").Count;

        LauncherRun run = await _sandbox.RunAsync("analyze");

        run.Messages.ShouldBe("");
        run.ExitCode.ShouldBe(7);
        _sandbox.CallsOf("dotnet").Count.ShouldBe(calls + 1);
    }

    [Fact]
    public async Task Only_the_files_that_the_lock_file_names_are_kept()
    {
        await _sandbox.RunAsync("analyze");

        string folder = _sandbox.PathOf("cache/austream/npm/mediapipe-face_mesh-1.2.3");
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file))
            .ShouldBe(["complete", "package/needed.txt"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_package_that_is_not_the_pinned_one_is_refused_and_nothing_of_it_stays()
    {
        _sandbox.Write("tarball.tgz", "something else");

        LauncherRun run = await _sandbox.RunAsync("analyze");

        run.ExitCode.ShouldBe(70);
        run.Messages.ShouldContain("SHA-512 differs");
        Directory.EnumerateFileSystemEntries(_sandbox.PathOf("cache/austream/npm")).Select(Path.GetFileName).ShouldBe([".lock"]);
    }

    [Fact]
    public async Task Without_network_the_message_says_what_could_not_be_fetched_and_why()
    {
        _sandbox.Write("offline", "");

        LauncherRun run = await _sandbox.RunAsync("analyze");

        run.ExitCode.ShouldBe(69);
        run.Messages.ShouldContain("npm could not fetch com.github.asus4.onnxruntime 1.2.3");
        run.Messages.ShouldContain("network is unreachable");
    }

    [Fact]
    public async Task A_setup_that_failed_halfway_goes_on_where_it_was()
    {
        await _sandbox.RunAsync("--help");
        _sandbox.Write("offline", "");
        (await _sandbox.RunAsync("analyze")).ExitCode.ShouldBe(69);
        File.Delete(_sandbox.PathOf("offline"));

        LauncherRun run = await _sandbox.RunAsync("analyze");

        run.Steps.ShouldBe(StepsOfAnalyze[3..]);
        run.ExitCode.ShouldBe(7);
    }

    [Theory]
    [InlineData("-TERM", 143)]
    [InlineData("-INT", 130)]
    public async Task An_interrupted_setup_stops_its_tool_and_the_next_start_cleans_up_and_completes(string signal, int exitCode)
    {
        _sandbox.Write("slow", "");
        using Process process = _sandbox.Start(["analyze"]);
        SpinWait.SpinUntil(() => File.Exists(_sandbox.PathOf("fetching")) && File.ReadAllText(_sandbox.PathOf("fetching")).EndsWith('\n'), TimeSpan.FromSeconds(30)).ShouldBeTrue();
        using (Process kill = Process.Start("bash", ["-c", $"kill {signal} {process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        LauncherRun run = await LauncherSandbox.EndOfAsync(process);

        run.ExitCode.ShouldBe(exitCode);
        string fetcher = $"/proc/{File.ReadAllText(_sandbox.PathOf("fetching")).Trim()}";
        SpinWait.SpinUntil(() => !Directory.Exists(fetcher), TimeSpan.FromSeconds(10)).ShouldBeTrue();
        File.Delete(_sandbox.PathOf("slow"));
        (await _sandbox.RunAsync("analyze")).Steps.ShouldBe(StepsOfAnalyze);
        Directory.EnumerateDirectories(_sandbox.PathOf("cache/austream/npm"), ".partial-*").ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_first_starts_at_once_set_up_once()
    {
        using Process one = _sandbox.Start(["analyze"]);
        using Process other = _sandbox.Start(["analyze"]);

        LauncherRun[] runs = await Task.WhenAll(LauncherSandbox.EndOfAsync(one), LauncherSandbox.EndOfAsync(other));

        runs.Select(run => run.ExitCode).ShouldBe([7, 7]);
        _sandbox.CallsOf("npm").Count.ShouldBe(3);
        _sandbox.CallsOf("dotnet").Count(call => call.StartsWith("build", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Help_needs_neither_ffmpeg_nor_models()
    {
        _sandbox.Uninstall("ffmpeg");

        LauncherRun run = await _sandbox.RunAsync("--help");

        run.Steps.ShouldBe(StepsOfAnalyze[..3]);
        run.ExitCode.ShouldBe(7);
    }

    [Fact]
    public async Task It_works_through_a_symbolic_link_and_from_another_folder()
    {
        Directory.CreateDirectory(_sandbox.PathOf("some where"));
        File.CreateSymbolicLink(_sandbox.PathOf("some where/au"), Path.Combine(_sandbox.Checkout, "austream"));

        using Process process = _sandbox.Start(["doctor"], _sandbox.PathOf("some where/au"), _sandbox.PathOf("some where"));
        LauncherRun run = await LauncherSandbox.EndOfAsync(process);

        run.Output.ShouldStartWith($"program in {_sandbox.PathOf("some where")} with 1:");
        run.ExitCode.ShouldBe(7);
    }

    [Fact]
    public async Task A_missing_SDK_is_told_with_what_was_found_and_how_to_get_it_before_anything_is_fetched()
    {
        _sandbox.Write("checkout/global.json", """{ "sdk": { "version": "99.0.100", "rollForward": "latestFeature" } }""");

        LauncherRun run = await _sandbox.RunAsync("demo");

        run.ExitCode.ShouldBe(69);
        run.Messages.ShouldStartWith("austream: the .NET 99.0 SDK is missing (found: 10.0.401");
        run.Messages.ShouldContain("dotnet-sdk-99.0");
        _sandbox.CallsOf("npm").ShouldBeEmpty();
    }
}
