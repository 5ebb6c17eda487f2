using AuStream.Pipeline.Assembling;
using AuStream.Pipeline.Configuration;
using AuStream.Stages.Calibrating;
using AuStream.Stages.Events;
using AuStream.Testing;

namespace AuStream.Graph.Tests.Configuration;

public sealed class RunConfigurationLoaderTests
{
    private const string Minimal = """
        purpose: a test
        streams:
          - id: one
            source: clip.mp4
        """;

    public static TheoryData<string> ReadyConfigurations => [.. Directory
        .EnumerateFiles(Path.Combine(SharedMedia.RepositoryRoot, "edge-config"), "*.yaml", SearchOption.AllDirectories)
        // Files with an apiVersion are Dapr's and Kubernetes' own.
        .Where(path => !File.ReadLines(path).Any(line => line.StartsWith("apiVersion:", StringComparison.Ordinal)))
        .Select(path => Path.GetRelativePath(Path.Combine(SharedMedia.RepositoryRoot, "edge-config"), path))];

    [Theory]
    [MemberData(nameof(ReadyConfigurations))]
    public void Every_ready_configuration_loads(string file)
    {
        RunConfiguration configuration = RunConfigurationLoader.Load(Path.Combine(SharedMedia.RepositoryRoot, "edge-config", file));

        configuration.Streams.ShouldNotBeEmpty();
    }

    [Fact]
    public void The_commands_that_can_be_allowed_are_those_that_streams_understand() =>
        RunConfigurationLoader.Parse(Minimal + "\ncommands: [ " + string.Join(", ", Enum.GetValues<AuStream.Stages.Commanding.StreamCommandName>().Select(AuStream.Stages.Commanding.CommandParser.NameOf)) + " ]", "x.yaml")
            .Commands.Count.ShouldBe(4);

    [Fact]
    public void A_minimal_file_uses_the_embedded_broker()
    {
        RunConfiguration configuration = RunConfigurationLoader.Parse(Minimal, "x.yaml");

        configuration.Broker.UsesEmbedded.ShouldBeTrue();
        configuration.Model.ShouldBe("austream-base");
    }

    [Theory]
    [InlineData("modle: x", "Did you mean 'model'?")]
    [InlineData("broker: { hots: b }", "Did you mean 'host'?")]
    [InlineData("site: 'a b'", "site 'a b' cannot be part of a topic")]
    [InlineData("broker: { embedded: true, host: b }", "both 'embedded: true' and a host")]
    [InlineData("broker: { tls: true }", "broker.tls needs a host")]
    [InlineData("broker: { host: b, port: 70000 }", "broker.port is 70000")]
    [InlineData("broker: { host: b, prefix: 'a/#' }", "cannot be part of a topic")]
    [InlineData("broker: { host: b, certificate_file: c.pem }", "belong together")]
    [InlineData("broker: { host: b, version: '4' }", "possible are 5, 3.1.1")]
    [InlineData("broker: { host: b, frame_qos: 2 }", "broker.frame_qos is 2")]
    [InlineData("broker: { host: b, password_file: a, password_environment: c }", "names two passwords")]
    [InlineData("broker: { host: b, password_dapr_secret: a }", "needs dapr.secret_store")]
    [InlineData("encoding: cbor", "possible are json, protobuf")]
    [InlineData("privacy: { mode: agregate }", "Did you mean 'aggregate'?")]
    [InlineData("privacy: { minimum_group: 2 }", "fewer faces are no group")]
    [InlineData("commands: [ stopp ]", "Did you mean 'stop'?")]
    [InlineData("commands: [ stop ]\ndapr: { pubsub: p }", "need an MQTT broker")]
    [InlineData("dapr: { topic_separator: x }", "one of / . - _ ~")]
    [InlineData("spool: { max_megabytes: 0 }", "spool.max_megabytes is 0")]
    [InlineData("output_messages: true", "needs output_folder")]
    [InlineData("broker:", "broker has no value")]
    [InlineData("landmarks: dlib", "landmarks is 'dlib'; possible are auto, face_landmark, face_landmark_with_attention, landmark-cnn")]
    [InlineData("provider: gpu", "provider is 'gpu'; possible are auto, tensorrt, cuda, cpu")]
    [InlineData("health: { port: -1 }", "health.port is -1: 0 to 65535 are possible")]
    [InlineData("health: { address: everywhere }", "health.address 'everywhere' is no IP address")]
    [InlineData("telemetry: { otlp_endpoint: localhost }", "is no address of a collector")]
    public void A_wrong_key_or_value_is_named_with_a_remedy(string line, string expected)
    {
        ConfigurationException fault = Should.Throw<ConfigurationException>(() => RunConfigurationLoader.Parse(Minimal + "\n" + line, "x.yaml"));

        fault.Message.ShouldStartWith("x.yaml");
        fault.Message.ShouldContain(expected);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("streams: [ { id: a, source: b } ]", "purpose is missing")]
    [InlineData("purpose: x", "streams has no stream")]
    [InlineData("purpose: x\nstreams: [ { id: a, source: b }, { id: a, source: c } ]", "used twice")]
    [InlineData("purpose: x\nstreams: [ { id: a, source: b, detector: shrot } ]", "Did you mean 'short'?")]
    [InlineData("purpose: x\nstreams: [ { id: a, source: b, max_faces: 0 } ]", "max_faces is 0")]
    [InlineData("purpose: x\nstreams: [ { id: a, source: b, max_faces: many } ]", "x.yaml:2")]
    [InlineData("purpose: x\nstreams: [ { id: a, source: b, thresholds: { 12: 7 } } ]", "streams[0].thresholds.12 is 7: 0 to 5 are possible")]
    [InlineData("purpose: [", "x.yaml:")]
    public void An_unusable_file_is_refused_with_its_reason(string text, string expected)
    {
        Should.Throw<ConfigurationException>(() => RunConfigurationLoader.Parse(text, "x.yaml")).Message.ShouldContain(expected);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        Should.Throw<ConfigurationException>(() => RunConfigurationLoader.Load("no-such.yaml")).Message.ShouldStartWith("no-such.yaml: cannot be read");
    }

    [Fact]
    public void Time_is_configured_for_all_streams_and_the_person_for_each()
    {
        RunConfiguration configuration = RunConfigurationLoader.Parse(
            """
            purpose: a test
            temporal: off
            calibration:
              reference: enrolled
              store: faces
            events:
              minimum_duration_ms: 250
              blink_ms: 0
            streams:
              - id: one
                source: clip.mp4
                neutral: anna
            """,
            "here.yaml");

        TimeSettings time = StreamSettings.From(configuration, configuration.Streams[0], "/etc/austream").Time;

        time.Temporal.ShouldBe(TemporalMode.Off);
        time.Reference.ShouldBe(ReferenceMode.Enrolled);
        time.Person.ShouldBe("anna");
        time.Store!.PathOf("anna").ShouldBe("/etc/austream/faces/anna.neutral.json");
        time.Events.MinimumDuration.ShouldBe(TimeSpan.FromMilliseconds(250));
        time.Events.BlinkMaximumDuration.ShouldBe(TimeSpan.Zero);
        EventSmootherOptionsValidator.Faults(time.Events).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("temporal: maybe", "temporal is 'maybe'; possible are auto, on, off")]
    [InlineData("calibration: { reference: estimatd }", "calibration.reference is 'estimatd'; possible are auto, off, enrolled, estimated. Did you mean 'estimated'?")]
    [InlineData("events: { minimum_duration_ms: -1 }", "events.minimum_duration_ms is -1: 0 to 10000 are possible")]
    [InlineData("events: { off_fraction: 1.5 }", "events.off_fraction is 1.5")]
    [InlineData("events: { filter_ms: .nan }", "events.filter_ms is NaN")]
    public void A_wrong_use_of_time_is_refused_by_key(string line, string message) =>
        Should.Throw<ConfigurationException>(() => RunConfigurationLoader.Parse($"{line}\n{Minimal}", "here.yaml")).Message.ShouldContain(message);

    [Theory]
    [InlineData("../anna", "auto", "cannot be a name")]
    [InlineData("anna", "off", "has no effect while calibration.reference is 'off'")]
    public void A_person_needs_a_name_and_a_use(string name, string reference, string message) =>
        Should.Throw<ConfigurationException>(() => RunConfigurationLoader.Parse($"{Minimal}\n    neutral: {name}\ncalibration: {{ reference: {reference} }}", "here.yaml"))
            .Message.ShouldContain(message);
}
