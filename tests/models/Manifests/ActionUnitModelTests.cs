using System.Text.Json.Nodes;
using AuStream.Models.Manifests;
using AuStream.Models.Sessions;

namespace AuStream.Models.Tests.Manifests;

public sealed class ActionUnitModelTests : IDisposable
{
    private readonly ManifestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_right_manifest_is_read_with_every_field()
    {
        ActionUnitModel model = ActionUnitModel.Load(_folder.Write("m-1"));

        model.VerifyHash();
        model.NetworkPath.ShouldBe(Path.Combine(_folder.Path, "m-1.onnx"));
        model.Manifest.ActionUnits.ShouldBe([1, 12, 43]);
        model.Manifest.Thresholds.ShouldBe([1f, 1.5f, 2f]);
        model.Manifest.Landmarks.ShouldBe([0, 61, 291]);
        model.Manifest.Crop.Size.ShouldBe(112);
        model.Manifest.Crop.AnchorPoints.ShouldBe([30.5f, 36, 81.5f, 36]);
        model.Manifest.Calibration.Count.ShouldBe(3);
        model.Manifest.Calibration[2].Intensity.ShouldBe([0f, 2f, 5f]);
        model.Manifest.Metrics["auc.synthetic"].ShouldBe(0.9);
    }

    [Fact]
    public void Optional_fields_may_be_left_out()
    {
        ActionUnitModel model = ActionUnitModel.Load(_folder.Write("m", json =>
        {
            json.Remove("landmarks");
            json.Remove("calibration");
            json.Remove("metrics");
        }));

        model.Manifest.Landmarks.ShouldBeEmpty();
        model.Manifest.Calibration.ShouldBeEmpty();
    }

    public static TheoryData<string, string, string> Faults => new()
    {
        { "schema", "\"austream.model/2\"", "schema is 'austream.model/2'" },
        { "id", "\"other\"", "the file's name says 'm'" },
        { "id", "\"M X\"", "id is 'M X'" },
        { "version", "\" \"", "version is empty" },
        { "sha256", "\"12ab\"", "sha256 is '12ab'" },
        { "action_units", "[]", "action_units is empty" },
        { "action_units", "[1, 12, 12]", "action_units[2] lists AU12 a second time" },
        { "action_units", "[1, 12, 99]", "action_units[2] is 99" },
        { "thresholds", "[1, 2]", "thresholds has 2 values; action_units has 3" },
        { "thresholds", "[1, 2, 0]", "thresholds[2] is 0" },
        { "thresholds", "[1, 2, 5.5]", "thresholds[2] is 5.5" },
        { "landmarks", "[0, 468]", "landmarks[1] is 468" },
        { "landmarks", "[7, 7]", "landmarks[1] names mesh point 7 a second time" },
        { "landmark_network", "\"dlib\"", "landmark_network is 'dlib'" },
        { "calibration", "[{\"raw\":[0],\"intensity\":[0]}]", "calibration has 1 curves" },
        { "calibration.1.raw", "[0, 0, 4]", "calibration[1].raw[1] is 0" },
        { "calibration.1.raw", "[0, 4]", "calibration[1].intensity has 3 values; raw has 2" },
        { "calibration.1.raw", "[]", "calibration[1].raw is empty" },
        { "calibration.2.intensity", "[0, 2, 1]", "calibration[2].intensity[2] is 1" },
        { "calibration.2.intensity", "[0, 2, 6]", "calibration[2].intensity[2] is 6" },
        { "calibration", "[null, null, null]", "calibration[0].raw" },
        { "licence", "\"\"", "licence is empty" },
        { "crop.size", "8", "crop.size is 8" },
        { "crop.anchor_landmarks", "[33]", "crop.anchor_landmarks has 1 entries" },
        { "crop.anchor_landmarks", "[33, -1]", "crop.anchor_landmarks[1] is -1" },
        { "crop.anchor_points", "[1, 2, 3]", "crop.anchor_points has 3 values" },
        { "crop.anchor_points", "[1, 2, 1, 2]", "crop.anchor_points all lie in one place" },
        { "crop.mean", "[1, 2]", "crop.mean must be three" },
        { "crop.deviation", "[1, 2, 0]", "crop.deviation must be three" },
        { "crop", "null", "$.crop" },
        { "thresholds", "[1, \"x\", 2]", "$.thresholds[1]" },
        { "treshold", "[]", "treshold" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_wrong_field_is_refused_with_file_and_field(string field, string value, string message)
    {
        string path = _folder.Write("m", json => Set(json, field, JsonNode.Parse(value)));

        Should.Throw<ModelLoadException>(() => ActionUnitModel.Load(path)).Message.ShouldSatisfyAllConditions(
            text => text.ShouldStartWith(path),
            text => text.ShouldContain(message));
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        string path = _folder.Write("m", json =>
        {
            json["thresholds"] = new JsonArray(1);
            json["crop"]!["size"] = 1;
        });

        string message = Should.Throw<ModelLoadException>(() => ActionUnitModel.Load(path)).Message;
        message.ShouldContain("thresholds");
        message.ShouldContain("crop.size");
    }

    [Theory]
    [InlineData("schema")]
    [InlineData("action_units")]
    [InlineData("thresholds")]
    [InlineData("crop")]
    public void A_missing_required_field_is_named(string field)
    {
        string path = _folder.Write("m", json => json.Remove(field));
        Should.Throw<ModelLoadException>(() => ActionUnitModel.Load(path)).Message.ShouldContain($"'{field}'");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[1]")]
    public void A_file_that_is_no_manifest_is_refused_by_name(string text)
    {
        string path = _folder.WriteText("m", text);
        Should.Throw<ModelLoadException>(() => ActionUnitModel.Load(path)).Message.ShouldStartWith(path);
    }

    [Fact]
    public void A_missing_file_and_a_missing_network_are_named()
    {
        string absent = Path.Combine(_folder.Path, "absent.json");
        Should.Throw<ModelLoadException>(() => ActionUnitModel.Load(absent)).Message.ShouldContain(absent);

        string lonely = _folder.Write("lonely", withNetwork: false);
        Should.Throw<ModelLoadException>(() => ActionUnitModel.Load(lonely)).Message.ShouldContain("lonely.onnx");
    }

    [Fact]
    public void A_network_that_was_changed_is_refused_with_both_hashes()
    {
        ActionUnitModel model = ActionUnitModel.Load(_folder.Write("m"));
        File.AppendAllText(model.NetworkPath, "x");

        string message = Should.Throw<ModelLoadException>(model.VerifyHash).Message;
        message.ShouldContain("m.onnx");
        message.ShouldContain(model.Manifest.Sha256);
    }

    private static void Set(JsonNode node, string field, JsonNode? value)
    {
        string[] path = field.Split('.');
        foreach (string step in path[..^1])
        {
            node = int.TryParse(step, out int index) ? node[index]! : node[step]!;
        }

        node[path[^1]] = value;
    }
}
