using System.Security.Cryptography;
using AuStream.Models.Importing;
using AuStream.Models.Sessions;
using AuStream.Pipeline.Diagnosing;

namespace AuStream.EndToEnd.Tests.Diagnosing;

public sealed class ModelDiagnosticTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Without_any_network_both_kinds_are_missing_each_with_its_remedy()
    {
        IReadOnlyList<DiagnosticCheck> checks = await ExamineAsync();

        checks.Select(check => (check.Name, check.State)).ShouldBe([("face models", CheckState.Missing), ("action units", CheckState.Missing)]);
        checks[0].Remedy!.ShouldContain("./austream setup");
        checks[1].Remedy!.ShouldContain("AUSTREAM_MODELS");
    }

    [Fact]
    public async Task Face_models_that_agree_with_their_manifests_are_ok_and_listed()
    {
        WriteFaceModels();

        DiagnosticCheck check = (await ExamineAsync())[0];

        check.ShouldBe(DiagnosticCheck.Ok("face models", string.Join(", ", MediaPipeImporter.ModelIds)));
    }

    [Fact]
    public async Task A_damaged_and_a_removed_face_model_are_both_named()
    {
        WriteFaceModels();
        string damaged = _folder.Write($"{MediaPipeImporter.ModelIds[0]}.onnx", "damaged");
        File.Delete(_folder.PathOf($"{MediaPipeImporter.ModelIds[1]}.onnx"));

        DiagnosticCheck check = (await ExamineAsync())[0];

        check.State.ShouldBe(CheckState.Missing);
        check.Detail.ShouldContain(damaged);
        check.Detail.ShouldContain($"{MediaPipeImporter.ModelIds[1]} is not there");
    }

    [Fact]
    public async Task An_action_unit_model_that_is_refused_is_told_with_the_reason()
    {
        _folder.Write("broken.json", """{ "schema": "austream.model/1" """);
        _folder.Write("broken.onnx", "network");

        DiagnosticCheck check = (await ExamineAsync()).Single(check => check.Name == "action units");

        check.State.ShouldBe(CheckState.Missing);
        check.Detail.ShouldStartWith("broken: ");
        check.Detail.ShouldContain(_folder.PathOf("broken.json"));
    }

    private Task<IReadOnlyList<DiagnosticCheck>> ExamineAsync() => new ModelDiagnostic(new ModelStore([_folder.Root])).ExamineAsync(default);

    private void WriteFaceModels()
    {
        foreach (string id in MediaPipeImporter.ModelIds)
        {
            _folder.Write($"{id}.onnx", id);
            string hash = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(id)));
            _folder.Write($"{id}.json", $$"""{ "sha256": "{{hash}}" }""");
        }
    }
}
