using System.Buffers;
using System.Globalization;
using System.Text.Json.Nodes;
using AuStream.Stages.ActionUnits;
using AuStream.Stages.Faces;
using AuStream.Stages.Messages;
using AuStream.Stages.Messages.Binary;
using AuStream.Stages.Publishing;
using AuStream.Stages.Tests.Publishing;
using AuStream.Testing;
using FsCheck;
using FsCheck.Fluent;
using FaceState = AuStream.Stages.Faces.FaceState;

namespace AuStream.Stages.Tests.Messages;

/// <summary>The binary messages, decoded by the classes that protoc makes from the published description, hold what the JSON messages hold.</summary>
public sealed class ProtobufMessageEncoderTests
{
    private static readonly int[] ActionUnits = [1, 6, 12, 43];
    private readonly SessionInfo _session = SampleFrames.Session(ActionUnits);
    private readonly SampleFrames _frames = new(ActionUnits);

    [Fact]
    public void Frames_carry_the_same_values()
    {
        using FrameFaces two = _frames.Frame(41, (1, FaceState.Tracked), (2, FaceState.Appeared));
        using FrameFaces none = _frames.Frame(0);
        using FrameFaces hidden = _frames.Frame(43, (1, FaceState.Occluded), (2, FaceState.Lost));
        using FrameFaces picture = _frames.Frame(2, "class photo.jpg", (1, FaceState.Appeared));
        using FrameFaces unmeasured = _frames.Frame(5, (1, FaceState.Tracked));
        unmeasured.Faces[0].HasActionUnits = false;
        using FrameFaces partly = _frames.Frame(6, (1, FaceState.Tracked));
        partly.Faces[0].Intensities[1] = float.NaN;

        // One encoder for all, so that nothing of one message shows in the next.
        ProtobufMessageEncoder encoder = new(_session, "test");
        foreach (FrameFaces frame in (FrameFaces[])[two, none, hidden, picture, unmeasured, partly, two])
        {
            Same(
                Json(json => json.WriteFrame(frame, Buffer())),
                BinaryAsJson.Of(Frame.Parser.ParseFrom(Bytes(output => encoder.WriteFrame(frame, output)))));
        }
    }

    [Fact]
    public void Frames_carry_the_same_values_whatever_they_are() => Prop.ForAll<float[], int>((values, sequence) =>
    {
        using FrameFaces frame = _frames.Frame(Math.Abs(sequence % 10_000_000), (1, FaceState.Tracked));
        FaceObservation face = frame.Faces[0];
        for (int i = 0; i < values.Length; i++)
        {
            float value = Math.Abs(values[i]) < 1e6 ? values[i] : i;
            face.Intensities[i % 4] = Math.Clamp(Math.Abs(value), 0, 5);
            face.Scores[i % 4] = Math.Clamp(Math.Abs(value) / 5, 0, 1);
            face.Pose = new HeadPose(value, -value, value / 2);
            face.Box = new PixelBox(value, value, Math.Abs(value), 1);
        }

        return Same(
            Json(json => json.WriteFrame(frame, Buffer())),
            BinaryAsJson.Of(Frame.Parser.ParseFrom(Bytes(output => new ProtobufMessageEncoder(_session, "test").WriteFrame(frame, output)))));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Events_carry_the_same_values()
    {
        StreamClock clock = new(_session.StartedAt);
        ActionUnitEvent start = new("01KAH0Q9C0SM1E000000000001", "camera-1", 1, 12, Stages.ActionUnits.EventPhase.Start, 1_160_000, 1_013_402, 1_160_000, null, 1.634f, 1.21f, EventEndReason.None);
        ActionUnitEvent end = start with { Phase = Stages.ActionUnits.EventPhase.End, OffsetMicroseconds = 1_931_877, EndReason = EventEndReason.FaceLost };
        foreach (ActionUnitEvent happened in (ActionUnitEvent[])[start, start with { Phase = Stages.ActionUnits.EventPhase.Update }, end, end with { EndReason = EventEndReason.StreamEnded }, end with { EndReason = EventEndReason.Offset }, end with { EndReason = EventEndReason.ThresholdChanged }])
        {
            Same(Json(json => json.WriteEvent(happened, 7, clock, Buffer())), BinaryAsJson.Of(Event.Parser.ParseFrom(Bytes(output => Binary.WriteEvent(happened, 7, clock, output)))));
        }

        FaceEvent appeared = new("01KAH0Q9C0FACE000000000001", 1, FaceEventPhase.Appeared, 40_000, 40_000, 40_000, StreamEnded: false);
        foreach (FaceEvent happened in (FaceEvent[])[appeared, appeared with { Phase = FaceEventPhase.Lost, LastSeenMicroseconds = 80_000 }, appeared with { Phase = FaceEventPhase.Lost, StreamEnded = true }])
        {
            Same(Json(json => json.WriteEvent(happened, 8, clock, Buffer())), BinaryAsJson.Of(Event.Parser.ParseFrom(Bytes(output => Binary.WriteEvent(happened, 8, clock, output)))));
        }
    }

    [Fact]
    public void Status_statistics_and_groups_carry_the_same_values()
    {
        DateTimeOffset now = _session.StartedAt.AddMilliseconds(2_112.5);
        foreach (StreamState state in Enum.GetValues<StreamState>())
        {
            Stages.Publishing.StreamStatus status = new(state, state == StreamState.Running ? null : "because");
            DateTimeOffset? time = state == StreamState.Offline ? null : now;
            foreach (PrivacyMode privacy in Enum.GetValues<PrivacyMode>())
            {
                JsonNode json = JsonNode.Parse(Bytes(output => new JsonMessageEncoder(_session, "test", privacy).WriteStatus(status, time, output)))!;
                Same(json, BinaryAsJson.Of(Status.Parser.ParseFrom(Bytes(output => new ProtobufMessageEncoder(_session, "test", privacy).WriteStatus(status, time, output)))));
            }
        }

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
            SourceReconnects = 3,
        };
        DeliveryCounters delivery = new(51, 1, 5, 6, 7, 8, 9);
        foreach ((StreamStatistics told, DeliveryCounters? counters) in ((StreamStatistics, DeliveryCounters?)[])[(statistics, delivery), (statistics, null), (statistics with { Faces = null }, delivery)])
        {
            Same(Json(json => json.WriteStatistics(told, counters, now, Buffer())), BinaryAsJson.Of(Statistics.Parser.ParseFrom(Bytes(output => Binary.WriteStatistics(told, counters, now, output)))));
        }

        GroupStatistics group = new(0, 9_960_000, 231, 3, 4.2, 3, 5, [(1, 0, 0.21), (12, 0.4216, 1.8549)]);
        StreamClock clock = new(_session.StartedAt);
        Same(Json(json => json.WriteGroup(group, 3, clock, Buffer())), BinaryAsJson.Of(Group.Parser.ParseFrom(Bytes(output => Binary.WriteGroup(group, 3, clock, output)))));
    }

    [Fact]
    public void A_frame_of_two_faces_has_less_than_a_third_of_the_bytes_of_json()
    {
        SampleFrames frames = new(SampleFrames.AllActionUnits);
        using FrameFaces frame = frames.Frame(41, (1, FaceState.Tracked), (2, FaceState.Tracked));
        int json = Bytes(output => new JsonMessageEncoder(SampleFrames.Session(), "test").WriteFrame(frame, output)).Length;
        int binary = Bytes(output => new ProtobufMessageEncoder(SampleFrames.Session(), "test").WriteFrame(frame, output)).Length;
        TestContext.Current.TestOutputHelper?.WriteLine($"JSON {json} bytes, Protocol Buffers {binary} bytes");
        binary.ShouldBeLessThan(json / 3);
    }

    [Fact]
    public void A_frame_allocates_nothing()
    {
        using FrameFaces frame = _frames.Frame(7, (1, FaceState.Tracked), (2, FaceState.Tracked));
        ProtobufMessageEncoder encoder = new(_session, "test");
        ArrayBufferWriter<byte> output = new(16 * 1024);
        Write(100);
        AllocationMeter.Least(() => Write(1000)).ShouldBe(0);

        void Write(int count)
        {
            for (int i = 0; i < count; i++)
            {
                output.ResetWrittenCount();
                encoder.WriteFrame(frame, output);
            }
        }
    }

    private readonly ArrayBufferWriter<byte> _buffer = new();

    private ProtobufMessageEncoder Binary => new(_session, "test");

    private static byte[] Bytes(Action<ArrayBufferWriter<byte>> write)
    {
        ArrayBufferWriter<byte> output = new();
        write(output);
        return output.WrittenSpan.ToArray();
    }

    private static bool Same(JsonNode json, JsonNode binary)
    {
        if (!JsonNode.DeepEquals(json, binary))
        {
            throw new ShouldAssertException(string.Create(CultureInfo.InvariantCulture, $"JSON\n{json}\nbinary\n{binary}"));
        }

        return true;
    }

    private ArrayBufferWriter<byte> Buffer()
    {
        _buffer.ResetWrittenCount();
        return _buffer;
    }

    private JsonNode Json(Action<JsonMessageEncoder> write)
    {
        write(new JsonMessageEncoder(_session, "test"));
        return JsonNode.Parse(_buffer.WrittenSpan)!;
    }
}
