using AuStream.Stages.Detection;
using AuStream.Stages.Faces;
using AuStream.Stages.Frames;
using AuStream.Stages.Landmarks;
using AuStream.Stages.Tests.Landmarks;
using AuStream.Stages.Tracking;

namespace AuStream.Stages.Tests.Tracking;

/// <summary>
/// A made-up scene that stands in for both networks: the detector sees every face that is not hidden; the landmark network answers
/// with the face nearest to the region's centre, as the real one does when one face slides over another.
/// </summary>
internal sealed class Scene(params ScenePerson[] people) : IFaceDetector, IFaceLandmarker
{
    public const int Width = 640;
    public const int Height = 360;

    private readonly FramePool _frames = new();
    private readonly FrameFacesPool _pool = new();
    private readonly Random _random = new(7);
    private long _sequence;

    public int Detections { get; private set; }

    public int ThoroughDetections { get; private set; }

    /// <summary>Pixels of noise on every landmark coordinate.</summary>
    public float Noise { get; init; } = 0.3f;

    public FaceTracker CreateTracker(TrackerOptions? options = null) =>
        new(this, this, new HeadPoseEstimator(SyntheticFace.Canonical), options ?? new TrackerOptions());

    /// <summary>Runs the tracker on one frame.</summary>
    public FrameFaces Step(FaceTracker tracker, double seconds)
    {
        FrameFaces faces = RentFrame(seconds);
        tracker.Process(faces);
        return faces;
    }

    public FrameFaces RentFrame(double seconds)
    {
        VideoFrame frame = _frames.Rent(Width, Height, YuvColor.Bt601Full);
        frame.Envelope = new Envelope("scene", _sequence++, (long)Math.Round(seconds * 1e6), DateTimeOffset.UnixEpoch, 0);
        return _pool.Rent(frame);
    }

    /// <summary>Which id each person has: the visible face whose centre is the person's.</summary>
    public long? IdOf(FrameFaces faces, int person)
    {
        PixelBox box = people[person].Box(faces.Envelope.PtsMicroseconds * 1e-6);
        return faces.Faces.Where(face => face.IsVisible && face.Box.IntersectionOverUnion(box) > 0.7).Select(face => (long?)face.FaceId).SingleOrDefault();
    }

    public void Detect(VideoFrame frame, bool isThorough, List<FaceDetection> faces)
    {
        Detections++;
        ThoroughDetections += isThorough ? 1 : 0;
        faces.Clear();
        double seconds = Seconds(frame);
        foreach (ScenePerson person in people)
        {
            if (CanBeSeen(person, seconds))
            {
                // The detector's box goes from the brows to the chin.
                PixelBox box = person.Box(seconds);
                PixelBox inner = new(box.X + (0.1f * box.Width), box.Y + (0.3f * box.Height), 0.8f * box.Width, 0.67f * box.Height);
                FaceKeypoints points = default;
                (points[0], points[1], points[2], points[3]) = (box.X, box.Y, box.X + box.Width, box.Y);
                faces.Add(new FaceDetection(inner, 0.9f, points));
            }
        }
    }

    public void Locate(VideoFrame frame, ReadOnlySpan<FaceRegion> regions, ReadOnlySpan<FaceMesh> meshes)
    {
        double seconds = Seconds(frame);
        for (int i = 0; i < regions.Length; i++)
        {
            FaceRegion region = regions[i];
            ScenePerson? nearest = null;
            double least = double.MaxValue;
            foreach (ScenePerson person in people)
            {
                (double x, double y) = person.Place(seconds);
                double distance = Math.Sqrt(Math.Pow(x - region.CenterX, 2) + Math.Pow(y - region.CenterY, 2));
                if (CanBeSeen(person, seconds) && distance < 0.35 * region.Side && distance < least)
                {
                    (nearest, least) = (person, distance);
                }
            }

            meshes[i].Confidence = nearest is null ? 0.01f : 0.98f;
            (double centerX, double centerY) = nearest?.Place(seconds) ?? (region.CenterX, region.CenterY);
            float scale = (float)((nearest?.Height ?? 50) / 120);
            for (int k = 0; k < meshes[i].Points.Length; k += 3)
            {
                meshes[i].Points[k] = (float)centerX + (scale * SyntheticFace.Points[k]) + Jitter();
                meshes[i].Points[k + 1] = (float)centerY + (scale * SyntheticFace.Points[k + 1]) + Jitter();
                meshes[i].Points[k + 2] = scale * SyntheticFace.Points[k + 2];
            }
        }
    }

    private static double Seconds(VideoFrame frame) => frame.Envelope.PtsMicroseconds * 1e-6;

    private float Jitter() => Noise * ((2 * _random.NextSingle()) - 1);

    /// <summary>There, in the picture, and not half covered by somebody nearer.</summary>
    private bool CanBeSeen(ScenePerson person, double seconds)
    {
        PixelBox box = person.Box(seconds);
        if (!person.IsThere(seconds) || box.CenterX < 0 || box.CenterX >= Width || box.CenterY < 0 || box.CenterY >= Height)
        {
            return false;
        }

        foreach (ScenePerson other in people)
        {
            if (!ReferenceEquals(other, person) && other.Depth < person.Depth && other.IsThere(seconds))
            {
                PixelBox nearer = other.Box(seconds);
                float overlap = Math.Max(0, Math.Min(box.X + box.Width, nearer.X + nearer.Width) - Math.Max(box.X, nearer.X))
                    * Math.Max(0, Math.Min(box.Y + box.Height, nearer.Y + nearer.Height) - Math.Max(box.Y, nearer.Y));
                if (overlap > 0.5 * box.Area)
                {
                    return false;
                }
            }
        }

        return true;
    }
}
