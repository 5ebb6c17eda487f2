using AuStream.Stages.Faces;

namespace AuStream.Stages.Tests.Tracking;

/// <summary>Somebody in a made-up scene: where the face's centre is at a time in seconds, how big it is, and when it can be seen.</summary>
/// <param name="Depth">Who is nearer (smaller) hides who is behind.</param>
internal sealed record ScenePerson(Func<double, (double X, double Y)> Place, double Height, Func<double, bool> IsThere, int Depth = 0)
{
    public PixelBox Box(double seconds)
    {
        (double x, double y) = Place(seconds);
        double width = Height * 100 / 120;
        return new PixelBox((float)(x - (width / 2)), (float)(y - (Height / 2)), (float)width, (float)Height);
    }
}
