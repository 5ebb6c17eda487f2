using AuStream.Stages.Landmarks;

namespace AuStream.Pipeline.Evaluating.Points;

/// <summary>How far the points of one face are from those placed by hand.</summary>
/// <param name="ByPoint">Distance per point of <see cref="ComparedPoint.All"/> in units of the distance of the outer eye corners; NaN where it was not placed.</param>
/// <param name="Offsets">The same as vectors: X along the eyes, positive to the picture's right; Y across them, positive down.</param>
/// <param name="PupilScale">Distance of the outer eye corners in units of that of the pupils; NaN where these were not placed.</param>
internal sealed record PointErrors(double[] ByPoint, (double X, double Y)[] Offsets, double PupilScale)
{
    /// <summary>Mean over the points in units of the distance of the outer eye corners.</summary>
    public double InterOcular => ByPoint.Where(value => !double.IsNaN(value)).Average();

    /// <summary>Mean over the points in units of the distance of the pupils; NaN where these were not placed.</summary>
    public double InterPupil => InterOcular * PupilScale;

    /// <summary>Compares. The network's own 66 points count where it has any, else the nearest points of the mesh.</summary>
    public static PointErrors Of(FaceMesh found, IReadOnlyDictionary<string, (double X, double Y)> placed)
    {
        (double X, double Y) from = placed[ComparedPoint.RightCorner];
        (double X, double Y) to = placed[ComparedPoint.LeftCorner];
        double scale = Distance(from, to);
        (double X, double Y) along = ((to.X - from.X) / scale, (to.Y - from.Y) / scale);
        (double X, double Y)[] offsets =
        [
            .. ComparedPoint.All.Select(point => placed.TryGetValue(point.Name, out (double X, double Y) where)
                ? Turn(PlaceOf(found, point), where, along, scale)
                : (double.NaN, double.NaN)),
        ];
        double pupils = placed.TryGetValue("right_pupil", out (double X, double Y) right) && placed.TryGetValue("left_pupil", out (double X, double Y) left)
            ? Distance(right, left)
            : double.NaN;
        return new PointErrors(
            [.. offsets.Select(offset => Math.Sqrt((offset.X * offset.X) + (offset.Y * offset.Y)))],
            offsets,
            scale / pupils);
    }

    private static (double X, double Y) Turn((double X, double Y) found, (double X, double Y) placed, (double X, double Y) along, double scale)
    {
        (double x, double y) = ((found.X - placed.X) / scale, (found.Y - placed.Y) / scale);
        return ((x * along.X) + (y * along.Y), (y * along.X) - (x * along.Y));
    }

    private static (double X, double Y) PlaceOf(FaceMesh found, ComparedPoint point) => found.HasSchemePoints
        ? (found.SchemePoints[2 * point.Scheme], found.SchemePoints[(2 * point.Scheme) + 1])
        : (found.Points[3 * point.Mesh], found.Points[(3 * point.Mesh) + 1]);

    private static double Distance((double X, double Y) one, (double X, double Y) other) => Math.Sqrt(Math.Pow(one.X - other.X, 2) + Math.Pow(one.Y - other.Y, 2));
}
