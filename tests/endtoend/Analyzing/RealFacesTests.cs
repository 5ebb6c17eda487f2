using AuStream.EndToEnd.Tests.Programs;
using AuStream.Models.Evaluating;
using AuStream.Testing;

namespace AuStream.EndToEnd.Tests.Analyzing;

/// <summary>The default model on photographs of real people, who are never training data: guards what was reached (docs/models.md).</summary>
public sealed class RealFacesTests
{
    [Fact]
    public async Task Smiles_are_told_from_neutral_faces_and_neutral_faces_stay_neutral()
    {
        Dictionary<string, Face> neutral = await MeasureAsync("media/london-dev/neutral");
        Dictionary<string, Face> smiling = await MeasureAsync("media/london-dev/smiling");

        neutral.Count.ShouldBe(51);
        smiling.Count.ShouldBe(51);
        Separation(neutral, smiling, "AU12").ShouldBeGreaterThanOrEqualTo(0.94);
        Separation(neutral, smiling, "AU06").ShouldBeGreaterThanOrEqualTo(0.88);
        SeparationWithin(neutral, smiling, "AU12").ShouldBeGreaterThanOrEqualTo(0.99);
        SeparationWithin(neutral, smiling, "AU06").ShouldBeGreaterThanOrEqualTo(0.97);
        double[] presence = [.. neutral.Values.First().Present.Keys.Select(unit => neutral.Values.Average(face => face.Present[unit] ? 1 : 0))];
        presence.Average().ShouldBeLessThanOrEqualTo(0.05);
        presence.Max().ShouldBeLessThanOrEqualTo(0.17);
    }

    [Fact]
    public async Task With_each_persons_neutral_picture_enrolled_smiles_are_told_better()
    {
        string[] enrolled = ["--neutral", SharedMedia.Require("media/london-dev/neutral")];
        Dictionary<string, Face> neutral = await MeasureAsync("media/london-dev/neutral", enrolled);
        Dictionary<string, Face> smiling = await MeasureAsync("media/london-dev/smiling", enrolled);

        neutral.Values.Concat(smiling.Values).ShouldAllBe(face => face.Calibration == "enrolled");
        Separation(neutral, smiling, "AU12").ShouldBeGreaterThanOrEqualTo(0.99);
        Separation(neutral, smiling, "AU06").ShouldBeGreaterThanOrEqualTo(0.97);
    }

    private static async Task<Dictionary<string, Face>> MeasureAsync(string folderOfPictures, params string[] options)
    {
        string pictures = SharedMedia.Require(folderOfPictures);
        using TemporaryFolder folder = new();
        ProgramResult result = await AuStreamProgram.RunAsync(["analyze", pictures, "--out", folder.Root, .. options]);
        result.ExitCode.ShouldBe(0, result.Errors);
        CsvTable frames = new(folder.PathOf("frames.csv"));
        string[] units = [.. frames.Columns.Where(name => name.EndsWith("_r", StringComparison.Ordinal)).Select(name => name[..^2])];
        return frames.Rows.ToDictionary(
            row => frames.Text(row, "file"),
            row => new Face(
                units.ToDictionary(unit => unit, unit => frames.Number(row, unit + "_r")),
                units.ToDictionary(unit => unit, unit => frames.Number(row, unit + "_c") == 1),
                frames.Text(row, "calibration")));
    }

    private static double Separation(Dictionary<string, Face> neutral, Dictionary<string, Face> smiling, string unit) => AreaUnderRoc.Of(
        [.. neutral.Values.Select(_ => false), .. smiling.Values.Select(_ => true)],
        [.. neutral.Values.Concat(smiling.Values).Select(face => (float)face.Intensity[unit])]);

    private static double SeparationWithin(Dictionary<string, Face> neutral, Dictionary<string, Face> smiling, string unit) => AreaUnderRoc.Of(
        [.. neutral.Values.Select(_ => false), .. smiling.Values.Select(_ => true)],
        [.. neutral.Keys.Select(_ => 0f), .. smiling.Select(entry => (float)(entry.Value.Intensity[unit] - neutral[entry.Key].Intensity[unit]))]);

    private sealed record Face(Dictionary<string, double> Intensity, Dictionary<string, bool> Present, string Calibration);
}
