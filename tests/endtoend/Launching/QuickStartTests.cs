using System.Diagnostics;
using AuStream.Testing;

namespace AuStream.EndToEnd.Tests.Launching;

/// <summary>The second start of the real program, from this checkout.</summary>
public class QuickStartTests
{
    [Fact]
    public async Task The_second_start_prints_its_first_line_within_two_seconds()
    {
        string launcher = Path.Combine(SharedMedia.RepositoryRoot, "austream");
        if (!File.Exists(Path.Combine(SharedMedia.RepositoryRoot, "artifacts/setup/built")))
        {
            Assert.Skip("needs a checkout that ./austream has set up");
        }

        // The first of these may have to build; the machine may be busy with other tests, so the best of three counts.
        TimeSpan best = TimeSpan.MaxValue;
        for (int start = 0; start < 4; start++)
        {
            Stopwatch watch = Stopwatch.StartNew();
            using Process process = Process.Start(new ProcessStartInfo(launcher, ["--help"]) { RedirectStandardOutput = true })!;
            string? first = await process.StandardOutput.ReadLineAsync();
            TimeSpan took = watch.Elapsed;
            await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            first.ShouldNotBeNull();
            best = start == 0 || took > best ? best : took;
        }

        best.ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }
}
