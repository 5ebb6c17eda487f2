using System.Security.Cryptography;
using System.Text.Json.Nodes;
using AuStream.Models.Manifests;
using AuStream.Models.Sessions;

namespace AuStream.Models.Tests.Manifests;

public sealed class CompanionManifestTests : IDisposable
{
    private static readonly byte[] s_network = [8, 7, 18, 1];
    private readonly ManifestFolder _folder = new();

    public CompanionManifestTests()
    {
        File.WriteAllBytes(Path.Combine(_folder.Path, "m.temporal.onnx"), s_network);
        File.WriteAllBytes(Path.Combine(_folder.Path, "m.relative.onnx"), s_network);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_networks_beside_are_read_with_every_field()
    {
        ActionUnitModel model = ActionUnitModel.Load(_folder.Write("m", json =>
        {
            json["temporal"] = Temporal();
            json["relative"] = Relative();
        }));

        model.VerifyHash();
        model.TemporalPath.ShouldBe(Path.Combine(_folder.Path, "m.temporal.onnx"));
        model.RelativePath.ShouldBe(Path.Combine(_folder.Path, "m.relative.onnx"));
        TemporalManifest temporal = model.Manifest.Temporal!;
        (temporal.Layers, temporal.Units, temporal.Features, temporal.StateLength).ShouldBe((3, 256, 128, 1536));
        (temporal.UsesReference, temporal.GapSeconds, temporal.IsOnByDefault).ShouldBe((true, 1.5, true));
        temporal.Thresholds.ShouldBe([1f, 2, 3]);
        model.Manifest.Relative!.Thresholds.ShouldBe([0.5f, 1, 1.5f]);
    }

    [Fact]
    public void Left_out_there_are_none()
    {
        ActionUnitModel model = ActionUnitModel.Load(_folder.Write("m"));
        model.TemporalPath.ShouldBeNull();
        model.RelativePath.ShouldBeNull();
    }

    [Fact]
    public void A_head_can_be_off_by_default() =>
        ActionUnitModel.Load(_folder.Write("m", json => json["temporal"] = Temporal(("on_by_default", false)))).Manifest.Temporal!.IsOnByDefault.ShouldBeFalse();

    public static TheoryData<string, string, string> Faults => new()
    {
        { "temporal", "file", "\"../m.temporal.onnx\"" },
        { "temporal", "file", "\"other.onnx\"" },
        { "temporal", "sha256", "\"12\"" },
        { "temporal", "layers", "0" },
        { "temporal", "units", "2000" },
        { "temporal", "features", "0" },
        { "temporal", "thresholds", "[1, 2]" },
        { "temporal", "thresholds", "[1, 2, 9]" },
        { "temporal", "calibration", "[{\"raw\":[0],\"intensity\":[0]}]" },
        { "temporal", "gap_seconds", "0" },
        { "temporal", "unknown_field", "1" },
        { "relative", "file", "\"other.onnx\"" },
        { "relative", "thresholds", "[]" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_is_refused_by_its_field(string companion, string field, string value)
    {
        string path = _folder.Write("m", json =>
        {
            JsonObject described = companion == "temporal" ? Temporal() : Relative();
            described[field] = JsonNode.Parse(value);
            json[companion] = described;
        });

        string message = Should.Throw<ModelLoadException>(() => ActionUnitModel.Load(path)).Message;
        message.ShouldContain(field == "file" && value.Contains("other", StringComparison.Ordinal) ? "the network other.onnx, which the manifest names, is not beside it"
            : field == "unknown_field" ? field : $"{companion}.{field}");
    }

    [Theory]
    [InlineData("temporal")]
    [InlineData("relative")]
    public void A_damaged_network_beside_is_refused_by_its_hash(string companion)
    {
        ActionUnitModel model = ActionUnitModel.Load(_folder.Write("m", json => json[companion] = companion == "temporal" ? Temporal() : Relative()));
        File.AppendAllText(Path.Combine(_folder.Path, $"m.{companion}.onnx"), "x");
        Should.Throw<ModelLoadException>(model.VerifyHash).Message.ShouldContain($"m.{companion}.onnx");
    }

    private static JsonObject Temporal(params (string Field, JsonNode Value)[] changes)
    {
        JsonObject json = new()
        {
            ["file"] = "m.temporal.onnx",
            ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(s_network)),
            ["layers"] = 3,
            ["units"] = 256,
            ["features"] = 128,
            ["uses_reference"] = true,
            ["thresholds"] = new JsonArray(1, 2, 3),
            ["calibration"] = new JsonArray(),
            ["gap_seconds"] = 1.5,
        };
        foreach ((string field, JsonNode value) in changes)
        {
            json[field] = value;
        }

        return json;
    }

    private static JsonObject Relative() => new()
    {
        ["file"] = "m.relative.onnx",
        ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(s_network)),
        ["thresholds"] = new JsonArray(0.5, 1, 1.5),
    };
}
