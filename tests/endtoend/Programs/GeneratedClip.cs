using System.Diagnostics;

namespace AuStream.EndToEnd.Tests.Programs;

/// <summary>Makes small clips by ffmpeg's test patterns: no face in them, no media files needed.</summary>
internal static class GeneratedClip
{
    public static string Create(TemporaryFolder folder, string name, double seconds, int framesPerSecond = 25)
    {
        string path = folder.PathOf(name);
        ProcessStartInfo start = new("ffmpeg") { RedirectStandardError = true };
        foreach (string argument in (string[])
            [
                "-v", "error", "-y", "-f", "lavfi", "-i",
                FormattableString.Invariant($"testsrc2=size=320x240:rate={framesPerSecond}:duration={seconds}"),
                "-pix_fmt", "yuv420p", path,
            ])
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, errors);
        return path;
    }
}
