using System.Text.Json.Nodes;
using AuStream.Models.Manifests;
using AuStream.Models.Sessions;

namespace AuStream.Models.Tests.Manifests;

public sealed class ActionUnitModelCatalogTests : IDisposable
{
    private readonly ManifestFolder _first = new();
    private readonly ManifestFolder _second = new();

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }

    [Fact]
    public void It_lists_models_by_id_with_refused_ones_and_the_reason_and_without_other_files()
    {
        _first.Write("nano");
        _first.Write("broken", json => json["thresholds"] = new JsonArray(1));
        _first.WriteText("garbled", "{ not json");
        _first.WriteText("crop-112", """{ "size": 112 }""", withNetwork: false);
        _first.WriteText("detector", """{ "schema": "austream.detector/1" }""");
        _second.Write("base");

        IReadOnlyList<ActionUnitModelEntry> entries = Catalog().List();

        entries.Select(entry => entry.Id).ShouldBe(["base", "broken", "garbled", "nano"]);
        entries.Select(entry => entry.Model is null).ShouldBe([false, true, true, false]);
        entries[1].Fault.ShouldNotBeNull().ShouldContain("thresholds has 1 values");
        entries[2].Fault.ShouldNotBeNull().ShouldContain("garbled.json");
    }

    [Fact]
    public void The_earlier_folder_wins()
    {
        _first.Write("base", json => json["version"] = "2.0.0");
        _second.Write("base");

        Catalog().Find("base").Manifest.Version.ShouldBe("2.0.0");
        Catalog().List().ShouldHaveSingleItem().Model!.Manifest.Version.ShouldBe("2.0.0");
    }

    [Fact]
    public void An_unknown_id_gets_the_likeliest_and_the_whole_list()
    {
        _first.Write("austream-base");
        _first.Write("austream-nano");

        string message = Should.Throw<ModelNotFoundException>(() => Catalog().Find("austream-bsae")).Message;
        message.ShouldContain("Did you mean 'austream-base'?");
        message.ShouldContain("austream-base, austream-nano");
        Should.Throw<ModelNotFoundException>(() => Catalog().Find("zzz")).Message.ShouldNotContain("Did you mean");
    }

    [Fact]
    public void Without_any_model_it_says_where_it_looked()
    {
        ActionUnitModelCatalog catalog = new(new ModelStore([Path.Combine(_first.Path, "missing")]));

        catalog.List().ShouldBeEmpty();
        Should.Throw<ModelNotFoundException>(() => catalog.Find("base")).Message.ShouldContain(Path.Combine(_first.Path, "missing"));
    }

    [Fact]
    public void An_id_cannot_lead_out_of_the_folder()
    {
        _second.Write("base");
        string escape = Path.Combine("..", Path.GetFileName(_second.Path), "base");
        Should.Throw<ModelNotFoundException>(() => new ActionUnitModelCatalog(new ModelStore([_first.Path])).Find(escape));
    }

    [Fact]
    public void A_refused_model_cannot_be_selected()
    {
        _first.Write("broken", json => json["thresholds"] = new JsonArray(1));
        Should.Throw<ModelLoadException>(() => Catalog().Find("broken")).Message.ShouldContain("thresholds");
    }

    private ActionUnitModelCatalog Catalog() => new(new ModelStore([_first.Path, _second.Path]));
}
