namespace AuStream.EndToEnd.Tests.Launching;

/// <summary>How the launcher installs Debian packages, and what it says where it cannot.</summary>
public sealed class DebianPackageTests : IDisposable
{
    private const string InstallsFfmpeg = """
        mkdir -p "$SANDBOX/calls"
        echo "$*" >>"$SANDBOX/calls/apt-get"
        if [[ $1 == install ]]; then
            [[ -e $SANDBOX/stale && $(cat "$SANDBOX/calls/apt-get") != *update* ]] && { echo "E: Unable to locate package ffmpeg"; exit 100; }
            [[ -e $SANDBOX/empty ]] && { echo "E: Unable to locate package ffmpeg"; exit 100; }
            printf '#!/bin/bash\n' >"$SANDBOX/bin/ffmpeg"
            /bin/chmod +x "$SANDBOX/bin/ffmpeg"
        fi
        """;

    private readonly LauncherSandbox _sandbox = new();

    public DebianPackageTests()
    {
        _sandbox.Uninstall("ffmpeg");
        _sandbox.Script("apt-get", InstallsFfmpeg);
        UserIs(0);
    }

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task As_root_it_installs_without_sudo_and_says_what_for()
    {
        LauncherRun run = await _sandbox.RunAsync("analyze");

        run.ExitCode.ShouldBe(7);
        run.Steps[0].ShouldBe("installing Debian's ffmpeg: reads video files, cameras and streams");
        _sandbox.CallsOf("apt-get").ShouldHaveSingleItem().ShouldStartWith("install -y ");
    }

    [Fact]
    public async Task Package_lists_are_renewed_only_when_installing_failed()
    {
        _sandbox.Write("stale", "");

        (await _sandbox.RunAsync("analyze")).ExitCode.ShouldBe(7);

        _sandbox.CallsOf("apt-get").Select(call => call.Split(' ')[0]).ShouldBe(["install", "update", "install"]);
    }

    [Fact]
    public async Task A_package_that_cannot_be_had_is_told_with_apt_gets_own_words_and_the_command_to_try()
    {
        _sandbox.Write("empty", "");

        LauncherRun run = await _sandbox.RunAsync("analyze");

        run.ExitCode.ShouldBe(69);
        run.Messages.ShouldContain("apt-get could not install ffmpeg");
        run.Messages.ShouldContain("E: Unable to locate package ffmpeg");
        run.Messages.ShouldContain("apt-get update && apt-get install -y --no-install-recommends ffmpeg");
        _sandbox.CallsOf("npm").ShouldBeEmpty();
    }

    [Fact]
    public async Task An_ordinary_user_without_sudo_is_told_what_to_run_as_root()
    {
        UserIs(1000);

        LauncherRun run = await _sandbox.RunAsync("analyze");

        run.ExitCode.ShouldBe(69);
        run.Messages.ShouldContain("As root, run:  apt-get update && apt-get install -y --no-install-recommends ffmpeg");
        _sandbox.CallsOf("apt-get").ShouldBeEmpty();
    }

    [Fact]
    public async Task Sudo_that_would_ask_for_a_password_is_not_asked_when_nobody_is_there()
    {
        UserIs(1000);
        _sandbox.Script("sudo", """[[ $1 == -n ]] && exit 1; echo "asked for a password" >&2; exit 1""");

        LauncherRun run = await _sandbox.RunAsync("analyze");

        run.ExitCode.ShouldBe(69);
        run.Messages.ShouldContain("Run:  sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends ffmpeg'");
        run.Messages.ShouldNotContain("asked for a password");
    }

    [Fact]
    public async Task Sudo_that_needs_no_password_is_used()
    {
        UserIs(1000);
        _sandbox.Script("sudo", """[[ $1 == -n ]] && shift; exec "$@" """);

        (await _sandbox.RunAsync("analyze")).ExitCode.ShouldBe(7);

        _sandbox.CallsOf("apt-get").Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_system_without_apt_get_is_told_the_packages_names()
    {
        _sandbox.Uninstall("apt-get");

        LauncherRun run = await _sandbox.RunAsync("analyze");

        run.ExitCode.ShouldBe(69);
        run.Messages.ShouldContain("missing: ffmpeg (names as in Debian)");
    }

    private void UserIs(int number)
    {
        _sandbox.Uninstall("id");
        _sandbox.Script("id", $"echo {number}");
    }
}
