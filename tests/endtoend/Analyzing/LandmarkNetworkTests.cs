using System.Diagnostics;
using System.Text.Json.Nodes;
using AuStream.EndToEnd.Tests.Programs;
using AuStream.Models.Sessions;

namespace AuStream.EndToEnd.Tests.Analyzing;

public sealed class LandmarkNetworkTests
{
    [Fact]
    public async Task The_landmark_network_is_the_one_that_the_manifest_names()
    {
        using TemporaryFolder folder = new();
        CsvTable plain = await AnalyzeAsync(folder, "face_landmark");
        CsvTable attention = await AnalyzeAsync(folder, "face_landmark_with_attention");

        plain.Rows.Count.ShouldBe(attention.Rows.Count);
        double apart = plain.Rows.Zip(attention.Rows).Max(pair => Math.Abs(plain.Number(pair.First, "AU25_r") - attention.Number(pair.Second, "AU25_r")));
        apart.ShouldBeGreaterThan(0.01, "another network gives other landmarks and with them another result");
    }

    [Fact]
    public async Task A_manifest_that_names_an_unknown_landmark_network_is_refused()
    {
        using TemporaryFolder folder = new();
        ProgramResult result = await RunAsync(folder, "dlib");

        result.ExitCode.ShouldNotBe(0);
        result.Errors.ShouldContain("landmark_network is 'dlib'");
    }

    [Fact]
    public async Task The_landmark_network_can_be_chosen_and_an_unknown_one_is_refused()
    {
        Assert.SkipWhen(ModelStore.Default().TryFind("landmark-cnn") is null, "models/zoo has no landmark-cnn");
        using TemporaryFolder folder = new();
        string clip = Path.Combine(AppContext.BaseDirectory, "clips", "demo.mp4");
        CsvTable Table(string name) => new(Path.Combine(folder.PathOf(name), "frames.csv"));

        (await AuStreamProgram.RunAsync("analyze", clip, "--out", folder.PathOf("auto"))).ExitCode.ShouldBe(0);
        ProgramResult chosen = await AuStreamProgram.RunAsync("analyze", clip, "--out", folder.PathOf("cnn"), "--landmarks", "landmark-cnn");
        ProgramResult unknown = await AuStreamProgram.RunAsync("analyze", clip, "--out", folder.PathOf("none"), "--landmarks", "dlib");

        chosen.ExitCode.ShouldBe(0, chosen.Errors);
        (CsvTable own, CsvTable cnn) = (Table("auto"), Table("cnn"));
        cnn.Rows.Count.ShouldBe(own.Rows.Count);
        own.Rows.Zip(cnn.Rows).Max(pair => Math.Abs(own.Number(pair.First, "AU25_r") - cnn.Number(pair.Second, "AU25_r"))).ShouldBeGreaterThan(0.01);
        unknown.ExitCode.ShouldBe(2);
        unknown.Errors.ShouldContain("landmark-cnn");
    }

    private static async Task<CsvTable> AnalyzeAsync(TemporaryFolder folder, string network)
    {
        ProgramResult result = await RunAsync(folder, network);
        result.ExitCode.ShouldBe(0, result.Errors);
        return new CsvTable(Path.Combine(folder.PathOf("out-" + network), "frames.csv"));
    }

    // The committed network under a manifest that names a landmark network of our choice.
    private static Task<ProgramResult> RunAsync(TemporaryFolder folder, string network)
    {
        string original = ModelStore.Default().Find("austream-base");
        string models = folder.PathOf("models-" + network);
        Directory.CreateDirectory(models);
        File.Copy(original, Path.Combine(models, "austream-base.onnx"));
        JsonNode manifest = JsonNode.Parse(File.ReadAllText(Path.ChangeExtension(original, ".json")))!;
        manifest["landmark_network"] = network;
        manifest.AsObject().Remove("temporal");
        manifest.AsObject().Remove("relative");
        File.WriteAllText(Path.Combine(models, "austream-base.json"), manifest.ToJsonString());
        string clip = Path.Combine(AppContext.BaseDirectory, "clips", "demo.mp4");
        ProcessStartInfo start = AuStreamProgram.CreateStart("analyze", clip, "--out", folder.PathOf("out-" + network));
        string? others = Environment.GetEnvironmentVariable("AUSTREAM_MODELS");
        start.Environment["AUSTREAM_MODELS"] = string.IsNullOrEmpty(others) ? models : models + Path.PathSeparator + others;
        return AuStreamProgram.RunAsync(start);
    }
}
