using AuStream.Testing;
using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AuStream.Stages.Faces;
using AuStream.Stages.Messages;
using AuStream.Stages.Tests.Publishing;
using FsCheck;
using FsCheck.Fluent;

namespace AuStream.Stages.Tests.Messages;

public sealed class JsonMessageEncoderTests
{
    private readonly SampleFrames _frames = new(SampleFrames.AllActionUnits);
    private readonly JsonMessageEncoder _encoder = new(SampleFrames.Session(), "test");
    private readonly ArrayBufferWriter<byte> _output = new();

    [Fact]
    public void A_frame_is_one_compact_object_with_its_values()
    {
        SampleFrames frames = new([12]);
        using FrameFaces frame = frames.Frame(41, (1, FaceState.Tracked));
        new JsonMessageEncoder(SampleFrames.Session([12]), "test").WriteFrame(frame, _output);
        Encoding.UTF8.GetString(_output.WrittenSpan).ShouldBe(
            """{"schema":"austream.frame/1","site":"lab","stream":"camera-1","session":"01KAH0Q9C0TESTSESS10N00001","sequence":41,"pts":1.64,"""
            + "\"time\":\"2026-11-20T09:30:01.640000Z\",\"width\":640,\"height\":360,\"success\":true,\"faces\":[{\"face\":1,\"state\":\"tracked\","
            + "\"confidence\":0.91,\"box\":{\"x\":100.2,\"y\":80.5,\"width\":90,\"height\":110},\"pose\":{\"yaw\":10,\"pitch\":-5,\"roll\":2.5},\"calibration\":\"estimating\","
            + "\"action_units\":{\"AU12\":{\"intensity\":0,\"presence\":false,\"score\":0}}}]}");
    }

    [Fact]
    public void A_seen_face_says_what_its_action_units_are_relative_to()
    {
        using FrameFaces frame = _frames.Frame(
            3, (1, FaceState.Tracked), (2, FaceState.Tracked), (3, FaceState.Tracked), (4, FaceState.Tracked), (5, FaceState.Occluded));
        Encode(frame)["faces"]!.AsArray().Select(face => (string?)face!["calibration"]).ShouldBe(["estimating", "estimated", "enrolled", "none", null]);
    }

    [Fact]
    public void Every_action_unit_has_the_value_of_its_own_position()
    {
        using FrameFaces frame = _frames.Frame(3, (2, FaceState.Tracked));
        JsonNode units = Encode(frame)["faces"]![0]!["action_units"]!;
        units.AsObject().Select(unit => int.Parse(unit.Key.AsSpan(2), CultureInfo.InvariantCulture)).ShouldBe(SampleFrames.AllActionUnits);
        for (int i = 0; i < SampleFrames.AllActionUnits.Count; i++)
        {
            JsonNode unit = units[$"AU{SampleFrames.AllActionUnits[i]:00}"]!;
            unit["intensity"]!.GetValue<double>().ShouldBe(frame.Faces[0].Intensities[i], 0.0005);
            unit["score"]!.GetValue<double>().ShouldBe(frame.Faces[0].Scores[i], 0.0005);
            unit["presence"]!.GetValue<bool>().ShouldBe(frame.Faces[0].Presence[i]);
        }
    }

    [Fact]
    public void Faces_that_are_not_seen_have_no_measurements_and_do_not_make_a_success()
    {
        using FrameFaces frame = _frames.Frame(9, (1, FaceState.Occluded), (2, FaceState.Lost));
        JsonNode message = Encode(frame);
        message["success"]!.GetValue<bool>().ShouldBeFalse();
        message["faces"]!.ToJsonString().ShouldBe("""[{"face":1,"state":"occluded"},{"face":2,"state":"lost"}]""");
    }

    [Fact]
    public void What_is_not_a_number_is_left_out_or_zero_and_never_breaks_the_message()
    {
        using FrameFaces frame = _frames.Frame(9, (1, FaceState.Tracked));
        frame.Faces[0].Intensities[0] = float.NaN;
        frame.Faces[0].Scores[1] = float.PositiveInfinity;
        frame.Faces[0].Pose = new HeadPose(float.NaN, 1, 1);
        frame.Faces[0].Box = new PixelBox(float.NegativeInfinity, float.MaxValue, 1, 1);
        JsonNode face = Encode(frame)["faces"]![0]!;
        face["action_units"]!.AsObject().Select(unit => unit.Key).ShouldNotContain(name => name == "AU01" || name == "AU02");
        face["action_units"]!.AsObject().Count.ShouldBe(SampleFrames.AllActionUnits.Count - 2);
        face["pose"]!["yaw"]!.GetValue<double>().ShouldBe(0);
        face["box"]!["x"]!.GetValue<double>().ShouldBe(0);
    }

    [Fact]
    public void Names_with_special_characters_come_back_as_they_were()
    {
        const string name = "Büro \"2\"\n\\ 日本";
        using FrameFaces frame = _frames.Frame(0);
        new JsonMessageEncoder(SampleFrames.Session() with { Site = name }, "test").WriteFrame(frame, _output);
        JsonNode.Parse(_output.WrittenSpan)!["site"]!.GetValue<string>().ShouldBe(name);
    }

    [Fact]
    public void Action_units_of_another_model_are_refused()
    {
        using FrameFaces frame = new SampleFrames([12]).Frame(0, (1, FaceState.Tracked));
        Should.Throw<ArgumentException>(() => _encoder.WriteFrame(frame, _output)).Message.ShouldContain("21");
    }

    [Fact]
    public void A_frame_allocates_nothing()
    {
        using FrameFaces frame = _frames.Frame(7, (1, FaceState.Tracked), (2, FaceState.Tracked));
        Write(100);
        AllocationMeter.Least(() => Write(1000)).ShouldBe(0);

        void Write(int count)
        {
            for (int i = 0; i < count; i++)
            {
                _output.ResetWrittenCount();
                _encoder.WriteFrame(frame, _output);
            }
        }
    }

    [Fact]
    public void Seconds_are_exact_in_plain_notation() => Prop.ForAll<long>(microseconds =>
    {
        string text = Number((json, name) => json.WriteSeconds(name, microseconds));
        return !text.Contains('E', StringComparison.OrdinalIgnoreCase)
            && decimal.Parse(text, CultureInfo.InvariantCulture) == microseconds / 1_000_000m;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Numbers_are_rounded_in_plain_notation() => Prop.ForAll(
        ArbMap.Default.ArbFor<float>().Filter(value => float.IsFinite(value) && Math.Abs(value) < 1e9),
        value =>
        {
            string text = Number((json, name) => json.WriteRounded(name, value, 3));
            double read = double.Parse(text, CultureInfo.InvariantCulture);
            return Math.Abs(read - value) <= 0.00050001
                && !text.Contains('E', StringComparison.OrdinalIgnoreCase)
                && (!text.Contains('.', StringComparison.Ordinal) || text[^1] != '0')
                && text != "-0";
        }).QuickCheckThrowOnFailure();

    private static string Number(Action<Utf8JsonWriter, JsonEncodedText> write)
    {
        ArrayBufferWriter<byte> output = new();
        using (Utf8JsonWriter json = new(output))
        {
            json.WriteStartObject();
            write(json, JsonEncodedText.Encode("n"));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(output.WrittenSpan)[5..^1];
    }

    private JsonNode Encode(FrameFaces frame)
    {
        _output.ResetWrittenCount();
        _encoder.WriteFrame(frame, _output);
        return JsonNode.Parse(_output.WrittenSpan)!;
    }
}
