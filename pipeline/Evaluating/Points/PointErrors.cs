using AuStream.Stages.Landmarks;

namespace AuStream.Pipeline.Evaluating.Points;

/// <summary>How far the points of one face are from those placed by hand.</summary>
/// <param name="ByPoint">Distance per point of <see cref="ComparedPoint.All"/> in units of the distance of the outer eye corners; NaN where it was not placed.</param>
/// <param name="PupilScale">Distance of the outer eye corners in units of that of the pupils; NaN where these were not placed.</param>
internal sealed record PointErrors(double[] ByPoint, double PupilScale)
{
    /// <summary>Mean over the points in units of the distance of the outer eye corners.</summary>
    public double InterOcular => ByPoint.Where(value => !double.IsNaN(value)).Average();

    /// <summary>Mean over the points in units of the distance of the pupils; NaN where these were not placed.</summary>
    public double InterPupil => InterOcular * PupilScale;

    /// <summary>Compares. The network's own 66 points count where it has any, else the nearest points of the mesh.</summary>
    public static PointErrors Of(FaceMesh found, IReadOnlyDictionary<string, (double X, double Y)> placed)
    {
        double scale = Distance(placed[ComparedPoint.RightCorner], placed[ComparedPoint.LeftCorner]);
        double pupils = placed.TryGetValue("right_pupil", out (double X, double Y) right) && placed.TryGetValue("left_pupil", out (double X, double Y) left)
            ? Distance(right, left)
            : double.NaN;
        return new PointErrors(
            [.. ComparedPoint.All.Select(point => placed.TryGetValue(point.Name, out (double X, double Y) where) ? Distance(where, PlaceOf(found, point)) / scale : double.NaN)],
            scale / pupils);
    }

    private static (double X, double Y) PlaceOf(FaceMesh found, ComparedPoint point) => found.HasSchemePoints
        ? (found.SchemePoints[2 * point.Scheme], found.SchemePoints[(2 * point.Scheme) + 1])
        : (found.Points[3 * point.Mesh], found.Points[(3 * point.Mesh) + 1]);

    private static double Distance((double X, double Y) one, (double X, double Y) other) => Math.Sqrt(Math.Pow(one.X - other.X, 2) + Math.Pow(one.Y - other.Y, 2));
}
