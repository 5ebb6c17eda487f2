using AuStream.Models.Manifests;
using AuStream.Models.Sessions;

namespace AuStream.Models.Tests.Manifests;

public sealed class LandmarkModelCatalogTests : IDisposable
{
    private readonly ManifestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_lists_landmark_networks_by_id_with_refused_ones_and_the_reason_and_nothing_else()
    {
        _folder.Write("base");
        _folder.WriteText("points", Manifest("points"));
        _folder.WriteText("alone", Manifest("alone"), withNetwork: false);
        _folder.WriteText("renamed", Manifest("other"));
        _folder.WriteText("misspelt", Manifest("misspelt").Replace("input_size", "input_side", StringComparison.Ordinal));

        IReadOnlyList<LandmarkModelEntry> entries = new LandmarkModelCatalog(new ModelStore([_folder.Path])).List();

        entries.Select(entry => entry.Id).ShouldBe(["alone", "misspelt", "points", "renamed"]);
        entries.Single(entry => entry.Manifest is not null).Manifest!.InputSize.ShouldBe(56);
        entries[0].Fault.ShouldNotBeNull().ShouldContain("alone.onnx is not beside it");
        entries[1].Fault.ShouldNotBeNull().ShouldContain("input_side");
        entries[3].Fault.ShouldNotBeNull().ShouldContain("id is 'other'");
    }

    [Fact]
    public void An_action_unit_catalog_does_not_list_them()
    {
        _folder.WriteText("points", Manifest("points"));

        new ActionUnitModelCatalog(new ModelStore([_folder.Path])).List().ShouldBeEmpty();
    }

    private static string Manifest(string id) => $$"""
        { "schema": "austream.landmark-model/1", "id": "{{id}}", "version": "1.0.0", "sha256": "00", "input_size": 56, "region_margin": 1.25,
          "pixels": "RGB in [0, 1]", "licence": "MIT", "origin": "a test", "metrics": { "point_error": 0.04 } }
        """;
}
