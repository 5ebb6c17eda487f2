using System.Diagnostics;
using System.Globalization;
using AuStream.EndToEnd.Tests.Programs;
using AuStream.Models.Manifests;
using AuStream.Models.Sessions;

namespace AuStream.EndToEnd.Tests.Analyzing;

/// <summary>Every model of the zoo measures a face through the whole program, as <c>--model ID</c> selects it.</summary>
public sealed class EveryModelTests
{
    public static TheoryData<string> Models => [.. new ActionUnitModelCatalog(ModelStore.Default()).List().Select(entry => entry.Id)];

    [Theory]
    [MemberData(nameof(Models))]
    public async Task It_measures_a_face(string id)
    {
        ActionUnitModelManifest manifest = new ActionUnitModelCatalog(ModelStore.Default()).Find(id).Manifest;
        using TemporaryFolder folder = new();
        string pictures = await ExtractPicturesAsync(folder);

        ProgramResult result = await AuStreamProgram.RunAsync("analyze", pictures, "--model", id, "--out", folder.PathOf("out"));

        result.ExitCode.ShouldBe(0, result.Errors);
        CsvTable frames = new(Path.Combine(folder.PathOf("out"), "frames.csv"));
        frames.Rows.Count.ShouldBe(2);
        frames.Rows.ShouldAllBe(row => frames.Number(row, "success") == 1);
        for (int i = 0; i < manifest.ActionUnits.Count; i++)
        {
            string unit = string.Create(CultureInfo.InvariantCulture, $"AU{manifest.ActionUnits[i]:00}");
            foreach (string[] row in frames.Rows)
            {
                double intensity = frames.Number(row, unit + "_r");
                intensity.ShouldBeInRange(0, 5, unit);
                if (Math.Abs(intensity - manifest.Thresholds[i]) > 0.01)
                {
                    frames.Number(row, unit + "_c").ShouldBe(intensity > manifest.Thresholds[i] ? 1 : 0, $"{unit} at {intensity}, threshold {manifest.Thresholds[i]}");
                }
            }
        }

        double[] open = [.. frames.Rows.Select(row => frames.Number(row, "AU25_r") + frames.Number(row, "AU26_r"))];
        open[1].ShouldBeGreaterThan(open[0] + 0.5, "the mouth is closed in the first picture and wide open in the second");
    }

    /// <summary>Two moments of the bundled clip as pictures: at rest, and with the jaw dropped.</summary>
    private static async Task<string> ExtractPicturesAsync(TemporaryFolder folder)
    {
        string pictures = folder.PathOf("pictures");
        Directory.CreateDirectory(pictures);
        string clip = Path.Combine(AppContext.BaseDirectory, "clips", "demo.mp4");
        foreach (string moment in (string[])["0.3", "11.52"])
        {
            ProcessStartInfo start = new("ffmpeg") { RedirectStandardError = true };
            foreach (string argument in (string[])["-v", "error", "-ss", moment, "-i", clip, "-frames:v", "1", Path.Combine(pictures, moment + ".png")])
            {
                start.ArgumentList.Add(argument);
            }

            using Process process = Process.Start(start)!;
            string errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            process.ExitCode.ShouldBe(0, errors);
        }

        return pictures;
    }
}
