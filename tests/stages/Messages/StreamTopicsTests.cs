using AuStream.Stages.Messages;

namespace AuStream.Stages.Tests.Messages;

public sealed class StreamTopicsTests
{
    [Fact]
    public void Topics_are_prefix_stream_and_kind()
    {
        StreamTopics topics = new("lab/austream", "camera-1");
        new[] { topics.Status, topics.Frames, topics.Events, topics.Statistics }.ShouldBe(
        [
            "lab/austream/camera-1/status", "lab/austream/camera-1/frames", "lab/austream/camera-1/events", "lab/austream/camera-1/stats",
        ]);
    }

    [Theory]
    [InlineData("", "camera")]
    [InlineData("austream", "")]
    [InlineData("austream/", "camera")]
    [InlineData("austream//x", "camera")]
    [InlineData("$SYS", "camera")]
    [InlineData("austream/+", "camera")]
    [InlineData("austream", "a/b")]
    [InlineData("austream", "#")]
    public void Parts_that_mqtt_reserves_are_refused_by_name(string prefix, string stream) =>
        Should.Throw<ArgumentException>(() => new StreamTopics(prefix, stream)).Message.ShouldContain("cannot be part of a topic");
}
