using AuStream.Models.Sessions;

namespace AuStream.Models.Tests.Sessions;

public sealed class ModelStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("austream-store-").FullName;

    [Fact]
    public void The_first_folder_that_has_an_id_wins_and_ids_are_listed_once()
    {
        string first = Directory.CreateDirectory(Path.Combine(_folder, "first")).FullName;
        string second = Directory.CreateDirectory(Path.Combine(_folder, "second")).FullName;
        File.WriteAllText(Path.Combine(first, "b.onnx"), "1");
        File.WriteAllText(Path.Combine(second, "b.onnx"), "2");
        File.WriteAllText(Path.Combine(second, "a.onnx"), "2");
        ModelStore store = new([first, Path.Combine(_folder, "missing"), second]);

        store.Find("b").ShouldBe(Path.Combine(first, "b.onnx"));
        store.Find("a").ShouldBe(Path.Combine(second, "a.onnx"));
        store.TryFind("c").ShouldBeNull();
        store.Ids().ShouldBe(["a", "b"]);
    }

    [Fact]
    public void A_missing_model_is_named_with_what_exists_and_the_remedy()
    {
        File.WriteAllText(Path.Combine(_folder, "known.onnx"), "1");
        ModelStore store = new([_folder]);

        string landmarks = Should.Throw<ModelNotFoundException>(() => store.Find("face_landmark")).Message;
        landmarks.ShouldContain("known");
        landmarks.ShouldContain("austream models import");
        Should.Throw<ModelNotFoundException>(() => store.Find("other")).Message.ShouldContain("AUSTREAM_MODELS");
    }

    [Fact]
    public void A_file_that_is_not_what_its_manifest_says_is_refused()
    {
        string model = Path.Combine(_folder, "m.onnx");
        File.WriteAllText(model, "abc");
        ModelStore store = new([_folder]);
        Should.Throw<ModelLoadException>(() => store.Verify("m")).Message.ShouldContain("m.json");

        File.WriteAllText(Path.Combine(_folder, "m.json"), """{"sha256": "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"}""");
        store.Verify("m").ShouldBe(model);

        File.WriteAllText(model, "abd");
        Should.Throw<ModelLoadException>(() => store.Verify("m")).Message.ShouldContain(model);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
