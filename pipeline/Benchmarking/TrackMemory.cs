using AuStream.Pipeline.Assembling;
using AuStream.Stages.ActionUnits;
using AuStream.Stages.Faces;
using AuStream.Stages.Frames;

namespace AuStream.Pipeline.Benchmarking;

/// <summary>Measures what a stream keeps about its tracks: neutral references, temporal state, event smoothing.</summary>
public static class TrackMemory
{
    private const string StreamId = "tracks";

    // Windows of half a second with three frames each, until every track has kept as many as it may.
    private const int Frames = 24;
    private const long StepMicroseconds = 250_000;

    /// <summary>Follows so many calm faces until the state of each is complete, and returns the managed memory that was allocated for it in MiB.</summary>
    /// <remarks>Everything that is allocated counts, also what could be collected again: an upper bound.</remarks>
    public static double MeasureMebibytes(MeasuringEngine engine, StreamSettings settings, int tracks)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentOutOfRangeException.ThrowIfLessThan(tracks, 1);
        FramePool frames = new();
        FrameFacesPool pool = new();

        // The faces themselves belong to the frame; the second time they are recycled.
        Rent(frames, pool, engine, tracks, 0).Dispose();
        List<ActionUnitEvent> events = [];
        long before = GC.GetAllocatedBytesForCurrentThread();
        (TimeStage? time, EventStage smoothing) = engine.CreateTimeStages(StreamId, settings);
        using (time)
        {
            for (int i = 0; i < Frames; i++)
            {
                using FrameFaces frame = Rent(frames, pool, engine, tracks, i * StepMicroseconds);
                time?.Process(frame);
                smoothing.Process(frame, events);
            }

            return (GC.GetAllocatedBytesForCurrentThread() - before) / (1024.0 * 1024);
        }
    }

    private static FrameFaces Rent(FramePool frames, FrameFacesPool pool, MeasuringEngine engine, int tracks, long pts)
    {
        VideoFrame frame = frames.Rent(2, 2, YuvColor.Bt709Limited);
        frame.Envelope = new Envelope(StreamId, 0, pts, default, 0);
        FrameFaces faces = pool.Rent(frame);
        faces.ReleaseFrame();
        for (int i = 0; i < tracks; i++)
        {
            FaceObservation face = faces.AddFace();
            face.FaceId = i + 1;
            face.State = FaceState.Tracked;
            face.Confidence = 1;
            face.InterOcularDistance = 100;
            face.Box = new PixelBox(0, 0, 200, 200);
            face.EnsureActionUnits(engine.Manifest.ActionUnits.Count);
            face.EnsureFeatures(engine.FeatureCount);
            face.HasActionUnits = true;
        }

        return faces;
    }
}
