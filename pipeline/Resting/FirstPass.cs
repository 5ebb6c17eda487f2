using AuStream.Pipeline.Assembling;
using AuStream.Pipeline.Commands;
using AuStream.Pipeline.Graph;
using AuStream.Pipeline.Observing;
using AuStream.Stages.Calibrating;
using AuStream.Stages.Decoding;
using AuStream.Stages.Faces;

namespace AuStream.Pipeline.Resting;

/// <summary>
/// Reads a recording a first time to learn how each face looks at rest, so that the second reading measures all of it relative to that: from the
/// first frame on, and to one reference throughout. The second reading gives faces the same ids, since it tracks the same frames.
/// </summary>
public static class FirstPass
{
    /// <summary>How often recordings are read unless something else is asked for.</summary>
    public const int DefaultPasses = 2;

    /// <summary>Refuses what is not a number of readings.</summary>
    /// <exception cref="UsageException">It is neither 1 nor 2.</exception>
    public static void Check(int passes)
    {
        if (passes is not (1 or 2))
        {
            throw new UsageException($"--passes is {passes}: 1 (as a live stream is measured) and 2 (each face relative to its rest from its first frame on) are possible.");
        }
    }

    /// <summary>True where a first reading changes what the second one measures: in video whose faces are measured relative to their own calm frames.</summary>
    public static bool IsUseful(MeasuringEngine engine, StreamSettings settings, SourceKind kind)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(settings);
        return kind == SourceKind.File && settings.Time.Known is null && engine.ReferenceOf(settings) == ReferenceMode.Estimated;
    }

    /// <summary>Reads a recording to its end.</summary>
    /// <param name="engine">The networks.</param>
    /// <param name="source">The recording, opened for this; the caller disposes it.</param>
    /// <param name="settings">How it will be measured.</param>
    /// <param name="time">The clock.</param>
    /// <param name="follow">Shows how far it is, and ends with the work; null for nobody.</param>
    /// <param name="stop">Ends early; what was found by then is in the result.</param>
    /// <returns>The settings for the second reading.</returns>
    public static async Task<StreamSettings> RunAsync(
        MeasuringEngine engine, IFrameSource source, StreamSettings settings, TimeProvider time, Func<StreamMetrics, Task, Task>? follow, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(settings);
        await using RestingFaces resting = new(engine);

        // Nothing may change the intensities that calm is judged by, and nobody asks for events.
        StreamSettings plain = settings with { Time = new TimeSettings { Temporal = TemporalMode.Off, Reference = ReferenceMode.Off } };
        StreamGraph graph = new(engine.CreateParts("first pass", source, plain, [resting]) with { Events = null }, new StreamGraphOptions(), time);
        Task reading = graph.RunAsync(stop);
        try
        {
            await (follow?.Invoke(graph.Metrics, reading) ?? reading);
        }
        catch (SourceException)
        {
            // The second reading comes to the same place and says what is wrong with it.
        }

        IReadOnlyDictionary<long, NeutralFace> byFace = resting.ByFace;
        return settings with
        {
            Time = settings.Time with { Known = (_, faceId) => byFace.GetValueOrDefault(faceId), KnownState = CalibrationState.Estimated },
        };
    }
}
