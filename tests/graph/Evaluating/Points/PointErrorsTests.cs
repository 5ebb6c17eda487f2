using AuStream.Pipeline.Evaluating.Datasets;
using AuStream.Pipeline.Evaluating.Points;
using AuStream.Stages.Landmarks;

namespace AuStream.Graph.Tests.Evaluating.Points;

public sealed class PointErrorsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("austream-points-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Distances_are_divided_by_that_of_the_outer_eye_corners_and_points_that_were_not_placed_are_left_out()
    {
        FaceMesh found = new() { HasSchemePoints = true };
        Place(found, 36, 100, 100);
        Place(found, 45, 203, 104);
        Place(found, 33, 150, 160);
        Dictionary<string, (double X, double Y)> placed = new()
        {
            ["right_eye_outer"] = (100, 100),
            ["left_eye_outer"] = (200, 100),
            ["nose_base"] = (150, 150),
            ["right_pupil"] = (120, 100),
            ["left_pupil"] = (180, 100),
        };

        PointErrors errors = PointErrors.Of(found, placed);

        errors.InterOcular.ShouldBe((0 + 0.05 + 0.1) / 3, 1e-6);
        errors.InterPupil.ShouldBe((0 + 0.05 + 0.1) / 3 / 0.6, 1e-6);
        errors.ByPoint.Count(double.IsNaN).ShouldBe(ComparedPoint.All.Count - 3);
    }

    [Fact]
    public void Offsets_are_those_of_a_face_with_level_eyes()
    {
        // Turned by a quarter: the eyes lie one below the other, the chin on the picture's left.
        FaceMesh found = new() { HasSchemePoints = true };
        Place(found, 36, 100, 100);
        Place(found, 45, 100, 200);
        Place(found, 8, 20, 160);
        Dictionary<string, (double X, double Y)> placed = new() { ["right_eye_outer"] = (100, 100), ["left_eye_outer"] = (100, 200), ["chin"] = (50, 150) };

        PointErrors errors = PointErrors.Of(found, placed);

        (double x, double y) = errors.Offsets[^1];
        x.ShouldBe(0.1, 1e-6);
        y.ShouldBe(0.3, 1e-6);
        errors.ByPoint[^1].ShouldBe(Math.Sqrt(0.1), 1e-6);
    }

    [Fact]
    public void Without_points_of_its_own_a_networks_mesh_is_compared()
    {
        FaceMesh found = new();
        (found.Points[3 * 33], found.Points[3 * 263]) = (10, 108);
        Dictionary<string, (double X, double Y)> placed = new() { ["right_eye_outer"] = (10, 0), ["left_eye_outer"] = (110, 0) };

        PointErrors errors = PointErrors.Of(found, placed);

        errors.InterOcular.ShouldBe(0.01, 1e-6);
        errors.InterPupil.ShouldBe(double.NaN);
    }

    [Fact]
    public void A_table_is_read_and_pictures_are_found_by_name_or_by_the_digits_they_begin_with()
    {
        PlacedPoints points = PlacedPoints.Read(Write("face_id,right_eye_outer_x,right_eye_outer_y,left_eye_outer_x,left_eye_outer_y\n001,1,2,3.5,4\nanna,5,6,7,8\n"));

        points.Count.ShouldBe(2);
        points.Find("folder/001_03.jpg").ShouldNotBeNull()["left_eye_outer"].ShouldBe((3.5, 4));
        points.Find("anna.png").ShouldNotBeNull()["right_eye_outer"].ShouldBe((5, 6));
        points.Find("002.jpg").ShouldBeNull();
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("face_id,nose_base_x,nose_base_y\n1,2,3\n", "right_eye_outer and left_eye_outer are missing")]
    [InlineData("face_id,right_eye_outer_x,right_eye_outer_y,left_eye_outer_x,left_eye_outer_y\n1,2,3,4,five\n", "five")]
    public void A_table_that_cannot_be_used_is_refused_with_the_reason(string text, string reason) =>
        Should.Throw<DatasetException>(() => PlacedPoints.Read(Write(text))).Message.ShouldContain(reason);

    private static void Place(FaceMesh mesh, int point, float x, float y) => (mesh.SchemePoints[2 * point], mesh.SchemePoints[(2 * point) + 1]) = (x, y);

    private string Write(string text)
    {
        string path = Path.Combine(_folder, "points.csv");
        File.WriteAllText(path, text);
        return path;
    }
}
