namespace AuStream.EndToEnd.Tests.Launching;

/// <summary>When the launcher builds again.</summary>
public sealed class RebuildTests : IAsyncLifetime
{
    private readonly LauncherSandbox _sandbox = new();

    public async ValueTask InitializeAsync() => (await _sandbox.RunAsync("doctor")).ExitCode.ShouldBe(7);

    public ValueTask DisposeAsync()
    {
        _sandbox.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("checkout/stages/Stage.cs")]
    [InlineData("checkout/pipeline/New/Added.cs")]
    [InlineData("checkout/models/zoo/model.json")]
    [InlineData("checkout/Directory.Packages.props")]
    [InlineData("checkout/eng/onnxruntime/package.csproj")]
    public async Task A_changed_or_added_source_is_built_once(string path)
    {
        _sandbox.Write(path, "changed");

        (await _sandbox.RunAsync("doctor")).Steps.ShouldBe(["building AuStream"]);
        (await _sandbox.RunAsync("doctor")).Steps.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_removed_source_is_noticed()
    {
        File.Delete(_sandbox.PathOf("checkout/stages/Stage.cs"));

        (await _sandbox.RunAsync("doctor")).Steps.ShouldBe(["building AuStream"]);
    }

    [Theory]
    [InlineData("checkout/models/training/train.py")]
    [InlineData("checkout/README.md")]
    [InlineData("checkout/tests/stages/StageTests.cs")]
    public async Task What_is_not_part_of_the_program_is_not_built(string path)
    {
        _sandbox.Write(path, "changed");

        (await _sandbox.RunAsync("doctor")).Steps.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_failed_build_shows_each_error_once_with_a_short_path_names_the_log_and_is_tried_again()
    {
        _sandbox.Write("broken", "");
        _sandbox.Write("checkout/stages/Stage.cs", "x");

        LauncherRun run = await _sandbox.RunAsync("doctor");

        run.ExitCode.ShouldBe(70);
        run.Output.ShouldBe("");
        run.Steps.ShouldBe(
        [
            "building AuStream",
            "stages/Stage.cs(1,2): error CS1002: ; expected",
            "the build failed",
            $"  Everything the tools said: {_sandbox.PathOf("checkout/artifacts/setup/setup.log")}",
        ]);
        File.Delete(_sandbox.PathOf("broken"));
        (await _sandbox.RunAsync("doctor")).ExitCode.ShouldBe(7);
    }

    [Fact]
    public async Task Verbose_shows_what_the_tools_say_and_is_not_handed_on()
    {
        _sandbox.Write("broken", "");
        _sandbox.Write("checkout/stages/Stage.cs", "x");

        (await _sandbox.RunAsync("--verbose", "doctor")).Messages.ShouldContain("[" + _sandbox.PathOf("checkout/stages/x.csproj"));

        File.Delete(_sandbox.PathOf("broken"));
        (await _sandbox.RunAsync("--verbose", "doctor")).Output.ShouldEndWith("with 1:\n[doctor]\n");
    }

    [Fact]
    public async Task A_changed_importer_imports_the_models_again()
    {
        (await _sandbox.RunAsync("analyze")).ExitCode.ShouldBe(7);
        _sandbox.Write("checkout/models/Importing/Importer.cs", "changed");

        (await _sandbox.RunAsync("analyze")).Steps.ShouldBe(["building AuStream", "importing the face models"]);
        (await _sandbox.RunAsync("analyze")).Steps.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_changed_package_list_is_fetched_again()
    {
        string list = _sandbox.PathOf("checkout/eng/npm-packages.lock");
        (await _sandbox.RunAsync("analyze")).ExitCode.ShouldBe(7);
        await File.WriteAllTextAsync(list, (await File.ReadAllTextAsync(list)).Replace("1.2.3", "1.2.4"));

        (await _sandbox.RunAsync("analyze")).Steps.ShouldBe(
        [
            "building AuStream",
            "fetching npm's @mediapipe/face_detection 1.2.4 (1 MB): tests",
            "fetching npm's @mediapipe/face_mesh 1.2.4 (1 MB): tests",
            "importing the face models",
        ]);
    }
}
