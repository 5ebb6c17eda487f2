using System.Buffers;
using AuStream.Stages.ActionUnits;
using AuStream.Stages.Commanding;
using AuStream.Stages.Faces;
using AuStream.Stages.Messages;
using AuStream.Stages.Publishing;
using AuStream.Stages.Tests.Commanding;
using AuStream.Stages.Tests.Publishing;

namespace AuStream.Stages.Tests.Messages;

/// <summary>One message of every kind, made by the code that makes the real ones: the files in <c>docs/schemas/examples</c>.</summary>
internal static class MessageExamples
{
    private const string Smile = "01KAH0Q9C0SM1E000000000001";
    private const string Stay = "01KAH0Q9C0FACE000000000001";
    private static readonly int[] ActionUnits = [1, 6, 12, 43];

    /// <summary>File name without extension, and the message. The part before the first hyphen names the schema.</summary>
    public static IReadOnlyDictionary<string, byte[]> Create()
    {
        SessionInfo session = SampleFrames.Session(ActionUnits);
        SampleFrames frames = new(ActionUnits);
        JsonMessageEncoder encoder = new(session, "usability study 12");
        StreamClock clock = new(session.StartedAt);
        using FrameFaces last = frames.Frame(52);
        clock.Observe(last.Envelope);
        ActionUnitEvent start = new(Smile, "camera-1", 1, 12, EventPhase.Start, 1_160_000, 1_013_402, 1_160_000, null, 1.634f, 1.21f, EventEndReason.None);
        ActionUnitEvent update = start with { Phase = EventPhase.Update, PtsMicroseconds = 1_640_000, ApexMicroseconds = 1_480_000, PeakIntensity = 3.4f, MeanIntensity = 2.2f };
        ActionUnitEvent end = update with { Phase = EventPhase.End, PtsMicroseconds = 2_080_000, OffsetMicroseconds = 1_931_877, EndReason = EventEndReason.Offset };
        FaceEvent appeared = new(Stay, 1, FaceEventPhase.Appeared, 40_000, 40_000, 40_000, StreamEnded: false);
        FaceEvent lost = appeared with { Phase = FaceEventPhase.Lost, PtsMicroseconds = 2_080_000, LastSeenMicroseconds = 1_040_000 };
        GroupStatistics group = new(0, 9_960_000, 231, 3, 4.2, 3, 5, [(1, 0, 0.21), (6, 0.31, 1.4), (12, 0.42, 1.85), (43, 0.05, 0.3)]);
        DateTimeOffset now = session.StartedAt.AddMilliseconds(2_112.5);
        StreamStatistics statistics = new()
        {
            FramesPerSecond = 24.98,
            LatencyP50Milliseconds = 7.41,
            LatencyP95Milliseconds = 9.8,
            LatencyP99Milliseconds = 14.025,
            FramesDecoded = 53,
            FramesMeasured = 52,
            FramesDropped = 1,
            Faces = 2,
        };
        return new Dictionary<string, byte[]>
        {
            ["frame-two-faces"] = Frame(frames.Frame(41, (1, FaceState.Tracked), (2, FaceState.Appeared)), encoder),
            ["frame-no-face"] = Frame(frames.Frame(0), encoder),
            ["frame-occluded"] = Frame(frames.Frame(43, (1, FaceState.Occluded), (2, FaceState.Lost)), encoder),
            ["frame-picture"] = Frame(frames.Frame(2, "class photo.jpg", (1, FaceState.Appeared)), encoder),
            ["event-start"] = Write(output => encoder.WriteEvent(start, 2, clock, output)),
            ["event-update"] = Write(output => encoder.WriteEvent(update, 3, clock, output)),
            ["event-end"] = Write(output => encoder.WriteEvent(end, 4, clock, output)),
            ["event-face-appeared"] = Write(output => encoder.WriteEvent(appeared, 1, clock, output)),
            ["event-face-lost"] = Write(output => encoder.WriteEvent(lost, 5, clock, output)),
            ["group-three-and-more"] = Write(output => encoder.WriteGroup(group, 1, clock, output)),
            ["status-running"] = Write(output => encoder.WriteStatus(new StreamStatus(StreamState.Running), now, output)),
            ["status-degraded"] = Write(output => encoder.WriteStatus(new StreamStatus(StreamState.Degraded, "no frame for 20 s"), now, output)),
            ["command-enrol-neutral"] = """{"schema":"austream.command/1","id":"41","command":"enrol_neutral"}"""u8.ToArray(),
            ["command-start"] = """{"schema":"austream.command/1","id":"42","command":"start"}"""u8.ToArray(),
            ["command-stop"] = """{"schema":"austream.command/1","id":"43","command":"stop"}"""u8.ToArray(),
            ["command-set-threshold"] = """{"schema":"austream.command/1","id":"44","command":"set_threshold","action_unit":"AU12","threshold":1.5}"""u8.ToArray(),
            ["reply-done"] = CommandAnswers.To("""{"schema":"austream.command/1","id":"43","command":"stop"}""", new CommandResult(IsDone: true)),
            ["reply-failed"] = CommandAnswers.To("""{"schema":"austream.command/1","id":"41","command":"enrol_neutral"}""", new CommandResult(IsDone: false, "no face is there")),
            ["reply-rejected"] = CommandAnswers.To("""{"schema":"austream.command/1","id":"44","command":"set_threshold","action_unit":"AU12"}""", new CommandResult(IsDone: true)),
            ["status-offline"] = BusResultSink.CreateWill(session, new BusResultSinkOptions { Purpose = "usability study 12" }).Payload.ToArray(),
            ["stats-stream"] = Write(output => encoder.WriteStatistics(statistics, new DeliveryCounters(51, 1, 5, 0, 0, 0, 1), now, output)),
            ["stats-groups-only"] = Write(output => encoder.WriteStatistics(statistics with { Faces = null }, new DeliveryCounters(0, 0, 5, 0, 0, 0, 1), now, output)),
            ["stats-files-only"] = Write(output => encoder.WriteStatistics(statistics, null, now, output)),
        };
    }

    private static byte[] Frame(FrameFaces frame, JsonMessageEncoder encoder)
    {
        using (frame)
        {
            return Write(output => encoder.WriteFrame(frame, output));
        }
    }

    private static byte[] Write(Action<ArrayBufferWriter<byte>> write)
    {
        ArrayBufferWriter<byte> output = new();
        write(output);
        return output.WrittenSpan.ToArray();
    }
}
