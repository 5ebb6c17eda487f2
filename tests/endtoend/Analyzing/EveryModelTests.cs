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

        double[] change = [.. manifest.ActionUnits.Select(unit => string.Create(CultureInfo.InvariantCulture, $"AU{unit:00}_r"))
            .Select(column => Math.Abs(frames.Number(frames.Rows[0], column) - frames.Number(frames.Rows[1], column)))];
        change.Max().ShouldBeGreaterThan(0.05, "the two moments of the clip show different expressions");
    }

    /// <summary>Two moments of the bundled clip, at rest and in motion, as pictures.</summary>
    private static async Task<string> ExtractPicturesAsync(TemporaryFolder folder)
    {
        string pictures = folder.PathOf("pictures");
        Directory.CreateDirectory(pictures);
        string clip = Path.Combine(AppContext.BaseDirectory, "clips", "demo.mp4");
        foreach (string moment in (string[])["0.5", "3.5"])
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
