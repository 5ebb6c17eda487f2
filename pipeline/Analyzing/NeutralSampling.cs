using AuStream.Pipeline.Assembling;
using AuStream.Pipeline.Commands;
using AuStream.Pipeline.Graph;
using AuStream.Stages.Calibrating;
using AuStream.Stages.Decoding;
using AuStream.Stages.Faces;
using AuStream.Stages.Frames;

namespace AuStream.Pipeline.Analyzing;

/// <summary>Finds the neutral faces that <c>analyze --neutral</c> and <c>--neutral-at</c> name, before the recording is measured.</summary>
public static class NeutralSampling
{
    private static readonly NeutralReferenceOptions s_moment = new() { Mode = ReferenceMode.Enrolled, EnrolmentDuration = TimeSpan.FromSeconds(0.4) };

    /// <summary>The neutral face of each face by the picture's file name (null for video) and the face's id; null when none was asked for.</summary>
    /// <exception cref="UsageException">There is no such picture or moment, or no single usable face in it; the message says why.</exception>
    /// <exception cref="SourceException">A picture or the recording cannot be read.</exception>
    public static async Task<Func<string?, long, NeutralFace?>?> SampleAsync(
        MeasuringEngine engine, StreamSettings settings, AnalysisOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(options);
        settings = settings with { Time = new TimeSettings { Temporal = TemporalMode.Off, Reference = ReferenceMode.Off } };
        if (options.NeutralAt is double seconds)
        {
            return await FromMomentAsync(engine, settings, options.Input, seconds, cancellationToken);
        }

        return options.Neutral is null ? null : await FromPicturesAsync(engine, settings, options.Neutral, cancellationToken);
    }

    private static async Task<Func<string?, long, NeutralFace?>> FromPicturesAsync(
        MeasuringEngine engine, StreamSettings settings, string path, CancellationToken cancellationToken)
    {
        await using IFrameSource source = await engine.OpenAsync("neutral", path, settings, onConnection: null, onWarning: null, cancellationToken);
        if (source.Description.Kind != SourceKind.Pictures)
        {
            throw new UsageException($"--neutral {path}: give a picture or a folder of pictures; --neutral-at is for a moment of the recording.");
        }

        Dictionary<string, NeutralFace> byName = new(StringComparer.Ordinal);
        await MeasureAsync(
            engine,
            source,
            settings,
            frame =>
            {
                FaceObservation[] measured = [.. frame.Faces.Where(face => face is { IsVisible: true, HasActionUnits: true })];
                if (measured.Length != 1)
                {
                    throw new UsageException($"--neutral {path}: {frame.FileName} shows {measured.Length} faces that can be measured; a neutral picture shows one.");
                }

                byName[frame.FileName!] = new NeutralFace([.. measured[0].Features], [.. measured[0].RawIntensities]);
                return true;
            },
            cancellationToken);
        if (byName.Count == 0)
        {
            throw new UsageException($"--neutral {path}: there is no picture.");
        }

        NeutralFace mean = MeanOf(byName.Values);
        return byName.Count == 1
            ? (_, _) => mean
            : (fileName, _) => fileName is null ? mean : byName.GetValueOrDefault(fileName);
    }

    private static async Task<Func<string?, long, NeutralFace?>> FromMomentAsync(
        MeasuringEngine engine, StreamSettings settings, string path, double seconds, CancellationToken cancellationToken)
    {
        await using IFrameSource source = await engine.OpenAsync("neutral", path, settings, onConnection: null, onWarning: null, cancellationToken);
        if (source.Description.Kind != SourceKind.File || !(seconds >= 0))
        {
            throw new UsageException($"--neutral-at {seconds}: give a second of a video file; for pictures there is --neutral.");
        }

        NeutralReferences? references = null;
        Task<EnrolmentResult>? request = null;
        Dictionary<long, NeutralFace> byFace = [];
        try
        {
            // The faces have the same ids when the recording is measured, since the same frames are tracked again.
            await MeasureAsync(
                engine,
                source,
                settings,
                frame =>
                {
                    if (frame.Envelope.PtsMicroseconds < seconds * 1e6)
                    {
                        return true;
                    }

                    references ??= new NeutralReferences(engine.Manifest, engine.FeatureCount, s_moment);
                    request ??= references.RequestEnrolmentAsync(faceId: null, name: null, cancellationToken);
                    references.Observe(frame);
                    references.CopyNewTo(byFace);
                    return !request.IsCompleted;
                },
                cancellationToken);
        }
        finally
        {
            references?.Dispose();
        }

        EnrolmentResult result = request is null
            ? new EnrolmentResult([], "the recording is shorter")
            : await request;
        if (byFace.Count == 0)
        {
            string reason = result.Failure ?? string.Join("; ", result.Faces.Select(face => $"face {face.FaceId}: {face.Reason}"));
            throw new UsageException(FormattableString.Invariant($"--neutral-at {seconds}: {reason}. Name another moment, or a picture by --neutral."));
        }

        NeutralFace only = byFace.Values.First();
        return byFace.Count == 1 ? (_, _) => only : (_, faceId) => byFace.GetValueOrDefault(faceId);
    }

    /// <summary>Puts frames through face finder and action unit network until <paramref name="take"/> has had enough.</summary>
    private static async Task MeasureAsync(
        MeasuringEngine engine, IFrameSource source, StreamSettings settings, Func<FrameFaces, bool> take, CancellationToken cancellationToken)
    {
        StreamGraphParts parts = engine.CreateParts("neutral", source, settings, []);
        FrameFacesPool pool = new();
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            await foreach (VideoFrame frame in source.ReadAsync(enough.Token))
            {
                using FrameFaces faces = pool.Rent(frame);
                parts.FaceFinder.Process(faces);
                parts.ActionUnits.Process(faces);
                if (!take(faces))
                {
                    break;
                }
            }
        }
        finally
        {
            parts.FaceFinder.Dispose();
            (parts.ActionUnits as IDisposable)?.Dispose();
        }
    }

    private static NeutralFace MeanOf(IReadOnlyCollection<NeutralFace> faces) => new(
        [.. Enumerable.Range(0, faces.First().Features.Count).Select(i => faces.Average(face => face.Features[i]))],
        [.. Enumerable.Range(0, faces.First().RawIntensities.Count).Select(i => faces.Average(face => face.RawIntensities[i]))]);
}
