namespace AuStream.Stages.Sampling;

/// <summary>
/// An affine map of the plane: x′ = XX·x + XY·y + X0, y′ = YX·x + YY·y + Y0. Points are continuous pixel coordinates: (0, 0) is the
/// top left corner of the top left pixel, whose centre is (0.5, 0.5).
/// </summary>
public readonly record struct AffineMap(double XX, double XY, double X0, double YX, double YY, double Y0)
{
    /// <summary>Leaves every point where it is.</summary>
    public static AffineMap Identity => new(1, 0, 0, 0, 1, 0);

    /// <summary>Determinant of the linear part: signed change of area.</summary>
    public double Determinant => (XX * YY) - (XY * YX);

    /// <summary>Mean change of length, √|determinant|: source pixels per destination pixel of a sampling map.</summary>
    public double Scale => Math.Sqrt(Math.Abs(Determinant));

    /// <summary>
    /// From the pixels of a size × size crop to the picture: the crop is a square of side <paramref name="side"/> around
    /// (<paramref name="centerX"/>, <paramref name="centerY"/>), turned clockwise by <paramref name="radians"/>.
    /// </summary>
    public static AffineMap FromRotatedSquare(double centerX, double centerY, double side, double radians, int size)
    {
        double scale = side / size;
        double cosine = Math.Cos(radians) * scale;
        double sine = Math.Sin(radians) * scale;
        double half = size / 2.0;
        return new AffineMap(
            cosine, -sine, centerX - (cosine * half) + (sine * half),
            sine, cosine, centerY - (sine * half) - (cosine * half));
    }

    /// <summary>Image of a point.</summary>
    public (double X, double Y) Apply(double x, double y) => ((XX * x) + (XY * y) + X0, (YX * x) + (YY * y) + Y0);

    /// <summary>The map that undoes this one.</summary>
    /// <exception cref="InvalidOperationException">The map is singular.</exception>
    public AffineMap Inverse()
    {
        double determinant = Determinant;
        if (determinant == 0 || !double.IsFinite(determinant))
        {
            throw new InvalidOperationException($"The affine map {this} cannot be inverted.");
        }

        double xx = YY / determinant;
        double xy = -XY / determinant;
        double yx = -YX / determinant;
        double yy = XX / determinant;
        return new AffineMap(xx, xy, -((xx * X0) + (xy * Y0)), yx, yy, -((yx * X0) + (yy * Y0)));
    }

    /// <summary>First this map, then <paramref name="next"/>.</summary>
    public AffineMap Then(in AffineMap next) => new(
        (next.XX * XX) + (next.XY * YX), (next.XX * XY) + (next.XY * YY), (next.XX * X0) + (next.XY * Y0) + next.X0,
        (next.YX * XX) + (next.YY * YX), (next.YX * XY) + (next.YY * YY), (next.YX * X0) + (next.YY * Y0) + next.Y0);
}
