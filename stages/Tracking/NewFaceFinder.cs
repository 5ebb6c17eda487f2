using AuStream.Stages.Detection;
using AuStream.Stages.Faces;
using AuStream.Stages.Frames;
using AuStream.Stages.Landmarks;

namespace AuStream.Stages.Tracking;

/// <summary>Turns detections that no visible track explains into measured faces: the landmark network confirms and refines each.</summary>
internal sealed class NewFaceFinder(LandmarkBatch batch, TrackerOptions options)
{
    /// <summary>A detection (brows to chin) lies within the box of its own mesh (forehead to chin) to at least this part.</summary>
    private const float ExplainedPart = 0.5f;

    /// <summary>Faces found by the last call, best detection first; <see cref="FaceTrack.Measured"/> holds each mesh.</summary>
    public List<FaceTrack> Found { get; } = [];

    /// <summary>Measures what is new.</summary>
    /// <param name="frame">The picture.</param>
    /// <param name="detections">From the detector, best first.</param>
    /// <param name="tracks">Known faces.</param>
    /// <param name="spare">Where unused track objects come from and go to.</param>
    public void Find(VideoFrame frame, List<FaceDetection> detections, List<FaceTrack> tracks, Stack<FaceTrack> spare)
    {
        Found.Clear();
        int room = options.MaximumFaces;
        foreach (FaceTrack track in tracks)
        {
            room -= track.IsVisible ? 1 : 0;
        }

        batch.Clear();
        foreach (FaceDetection detection in detections)
        {
            if (!IsExplained(detection, tracks))
            {
                batch.Add(FaceRegion.FromDetection(detection), spare.TryPop(out FaceTrack? recycled) ? recycled : new FaceTrack());
            }
        }

        batch.Run(frame);
        Keep(tracks, spare, room);

        // A second look through the region that the landmarks give makes a new face as exact as a followed one.
        batch.Clear();
        foreach (FaceTrack face in Found)
        {
            batch.Add(FaceRegion.FromLandmarks(face.Measured.Points), face);
        }

        Found.Clear();
        batch.Run(frame);
        Keep(tracks, spare, room);
    }

    private void Keep(List<FaceTrack> tracks, Stack<FaceTrack> spare, int room)
    {
        for (int i = 0; i < batch.Count; i++)
        {
            FaceTrack face = batch.Track(i);
            bool isNew = Found.Count < room
                && face.Measured.Confidence >= options.MinimumConfidence
                && !OverlapsAny(face.MeasuredBox, tracks, isMeasured: false)
                && !OverlapsAny(face.MeasuredBox, Found, isMeasured: true);
            if (isNew)
            {
                Found.Add(face);
            }
            else
            {
                spare.Push(face);
            }
        }
    }

    private bool OverlapsAny(in PixelBox box, List<FaceTrack> faces, bool isMeasured)
    {
        foreach (FaceTrack face in faces)
        {
            if ((isMeasured || face.IsVisible)
                && box.IntersectionOverUnion(isMeasured ? face.MeasuredBox : face.Motion.Box) > options.DuplicateOverlap)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsExplained(in FaceDetection detection, List<FaceTrack> tracks)
    {
        foreach (FaceTrack track in tracks)
        {
            PixelBox known = track.Motion.Box;
            bool isOfItsSize = detection.Box.Area > 0.25f * known.Area && detection.Box.Area < 2 * known.Area;
            if (track.IsVisible && isOfItsSize && PartInside(detection.Box, known) > ExplainedPart)
            {
                return true;
            }
        }

        return false;
    }

    private static float PartInside(in PixelBox box, in PixelBox other)
    {
        float width = Math.Min(box.X + box.Width, other.X + other.Width) - Math.Max(box.X, other.X);
        float height = Math.Min(box.Y + box.Height, other.Y + other.Height) - Math.Max(box.Y, other.Y);
        return width > 0 && height > 0 && box.Area > 0 ? width * height / box.Area : 0;
    }
}
