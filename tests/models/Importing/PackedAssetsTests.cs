using AuStream.Models.Importing;

namespace AuStream.Models.Tests.Importing;

public sealed class PackedAssetsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("austream-packed-").FullName;

    private string Data => Path.Combine(_folder, "x.data");

    private string Loader => Path.Combine(_folder, "x_loader.js");

    [Fact]
    public void A_file_is_cut_out_at_the_offsets_of_the_loader_script()
    {
        File.WriteAllBytes(Data, [1, 2, 3, 4, 5]);
        File.WriteAllText(Loader, """function loadPackage(m){} loadPackage({"files": [{"filename": "/a/b.bin", "start": 0, "end": 2}, {"filename": "/a/c.bin", "start": 2, "end": 5}]});""");

        PackedAssets.Read(Data, Loader, "c.bin").ToArray().ShouldBe([3, 4, 5]);
        Should.Throw<ModelImportException>(() => PackedAssets.Read(Data, Loader, "d.bin")).Message.ShouldContain("d.bin");
    }

    [Theory]
    [InlineData("""loadPackage({"files": [{"filename": "/c.bin", "start": 2, "end": 50}]});""")]
    [InlineData("""loadPackage({"files": [{"filename": "/c.bin", "start": 2});""")]
    [InlineData("""loadPackage({"files": [{"filename": "/c.bin"}]});""")]
    [InlineData("nothing here")]
    public void A_script_that_does_not_fit_the_data_is_refused(string script)
    {
        File.WriteAllBytes(Data, [1, 2, 3, 4, 5]);
        File.WriteAllText(Loader, script);

        Should.Throw<ModelImportException>(() => PackedAssets.Read(Data, Loader, "c.bin")).Message.ShouldContain("x_loader.js");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
