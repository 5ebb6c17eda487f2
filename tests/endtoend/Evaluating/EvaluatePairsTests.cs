using System.Text.Json;
using AuStream.EndToEnd.Tests.Programs;
using AuStream.Testing;

namespace AuStream.EndToEnd.Tests.Evaluating;

public sealed class EvaluatePairsTests
{
    [Fact]
    public async Task A_smile_is_told_from_the_same_person_s_neutral_picture_and_a_picture_without_a_face_is_left_out()
    {
        using TemporaryFolder folder = new();
        DemoClipLabels labels = new();
        foreach (string person in (string[])["ann", "bob"])
        {
            DemoClipLabels.Cut(labels.Calmest, folder.PathOf($"neutral/{person}.png"));
            DemoClipLabels.Cut(labels.PeakOf(12), folder.PathOf($"smiling/{person}.png"));
        }

        DemoClipLabels.Cut(labels.Calmest, folder.PathOf("neutral/cid.png"));
        File.Copy(GeneratedClip.Create(folder, "pattern.png", seconds: 0.04), folder.PathOf("smiling/cid.png"));
        ProgramResult result = await AuStreamProgram.RunAsync(
            "eval", "--dataset", "pairs", "--neutral", folder.PathOf("neutral"), "--expressive", folder.PathOf("smiling"), "--au", "12", "--out", folder.PathOf("out"), "--neutral-reference");

        result.ExitCode.ShouldBe(0, result.Errors);
        result.Errors.ShouldContain("cid: no face in the expressive picture");
        using JsonDocument report = JsonDocument.Parse(File.ReadAllBytes(folder.PathOf("out/report.json")));
        report.RootElement.GetProperty("people").GetInt32().ShouldBe(2);
        JsonElement smile = report.RootElement.GetProperty("action_units").GetProperty("AU12");
        smile.GetProperty("auc").GetDouble().ShouldBe(1);
        smile.GetProperty("auc_minus_neutral").GetDouble().ShouldBe(1);
        smile.GetProperty("auc_neutral_reference").GetDouble().ShouldBe(1);
        smile.GetProperty("intensity_on_expressive").GetDouble().ShouldBeGreaterThan(smile.GetProperty("intensity_on_neutral").GetDouble() + 1);
    }

    [Fact]
    public async Task Real_smiles_are_told_from_neutral_faces()
    {
        string neutral = SharedMedia.Require("media/london-dev/neutral");
        string smiling = SharedMedia.Require("media/london-dev/smiling");
        using TemporaryFolder folder = new();
        ProgramResult result = await AuStreamProgram.RunAsync(
            "eval", "--dataset", "pairs", "--neutral", neutral, "--expressive", smiling, "--au", "12,6", "--out", folder.PathOf("out"), "--draws", "0");

        result.ExitCode.ShouldBe(0, result.Errors);
        using JsonDocument report = JsonDocument.Parse(File.ReadAllBytes(folder.PathOf("out/report.json")));
        report.RootElement.GetProperty("people").GetInt32().ShouldBe(51);
        JsonElement units = report.RootElement.GetProperty("action_units");
        units.GetProperty("AU12").GetProperty("auc").GetDouble().ShouldBeGreaterThanOrEqualTo(0.94);
        units.GetProperty("AU06").GetProperty("auc").GetDouble().ShouldBeGreaterThanOrEqualTo(0.87);
        units.GetProperty("AU12").GetProperty("auc_minus_neutral").GetDouble().ShouldBeGreaterThanOrEqualTo(0.99);
        report.RootElement.GetProperty("mean_present_on_neutral").GetDouble().ShouldBeLessThanOrEqualTo(0.05);
    }
}
