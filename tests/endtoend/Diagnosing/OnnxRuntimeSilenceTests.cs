using System.Diagnostics;
using AuStream.EndToEnd.Tests.Programs;

namespace AuStream.EndToEnd.Tests.Diagnosing;

/// <summary>ONNX Runtime's Linux library uploads what it runs unless it is told not to. Whether it wants to shows in the identifier and the queue that it keeps in the user's cache.</summary>
public sealed class OnnxRuntimeSilenceTests
{
    [Theory]
    [InlineData("doctor")]
    [InlineData("models", "verify")]
    public async Task Nothing_is_kept_for_an_upload(params string[] command)
    {
        using TemporaryFolder home = new();
        ProcessStartInfo start = AuStreamProgram.CreateStart(command);

        // What would silence the library by itself, and where it keeps its things.
        foreach (string variable in (string[])["ORT_DISABLE_TELEMETRY", "ORT_RUNNING_UNIT_TESTS", "CI", "TF_BUILD", "GITHUB_ACTIONS", "XDG_CACHE_HOME"])
        {
            start.Environment.Remove(variable);
        }

        start.Environment["HOME"] = home.Root;
        start.Environment["AUSTREAM_CACHE"] = home.PathOf("austream");
        ProgramResult result = await AuStreamProgram.RunAsync(start);

        result.Output.ShouldNotBeEmpty();
        Directory.EnumerateFiles(home.Root, "*", SearchOption.AllDirectories).Where(path => !path.StartsWith(home.PathOf("austream"), StringComparison.Ordinal)).ShouldBeEmpty();
    }
}
