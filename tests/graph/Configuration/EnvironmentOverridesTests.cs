using AuStream.Pipeline.Configuration;

namespace AuStream.Graph.Tests.Configuration;

public sealed class EnvironmentOverridesTests
{
    private const string Text = """
        purpose: a test
        streams:
          - { id: front, source: a.mp4 }
          - { id: back, source: b.mp4 }
        """;

    [Fact]
    public void Variables_replace_keys_of_every_depth_and_type()
    {
        RunConfiguration configuration = Parse(
            ("AUSTREAM__BROKER__HOST", "mqtt.local"),
            ("AUSTREAM__BROKER__TLS", "true"),
            ("AUSTREAM__BROKER__PORT", "1884"),
            ("AUSTREAM__HEALTH__PORT", "0"),
            ("AUSTREAM__STREAMS__0__STALL_SECONDS", "2.5"),
            ("AUSTREAM__STREAMS__back__SOURCE", "rtsp://camera/1"),
            ("AUSTREAM__STREAMS__back__THRESHOLDS", "{ 12: 1.5 }"),
            ("AUSTREAM_MODELS", "not a key"));

        configuration.Broker.Host.ShouldBe("mqtt.local");
        configuration.Broker.Tls.ShouldBeTrue();
        configuration.Broker.Port.ShouldBe(1884);
        configuration.Health.Port.ShouldBe(0);
        configuration.Streams[0].StallSeconds.ShouldBe(2.5);
        configuration.Streams[1].Source.ShouldBe("rtsp://camera/1");
        configuration.Streams[1].Thresholds[12].ShouldBe(1.5);
    }

    [Theory]
    [InlineData("AUSTREAM__BROKER__HOTS", "x", "AUSTREAM__BROKER__HOTS: unknown key 'hots'. Did you mean 'host'?")]
    [InlineData("AUSTREAM__BROKER__PORT", "many", "AUSTREAM__BROKER__PORT: 'many' does not fit")]
    [InlineData("AUSTREAM__STREAMS__side__SOURCE", "x", "there is no entry 'side'; the file has 0 (front), 1 (back)")]
    [InlineData("AUSTREAM__STREAMS__0", "x", "none of its keys")]
    [InlineData("AUSTREAM__SITE__NAME", "x", "'site' has no keys below it")]
    [InlineData("AUSTREAM__BROKER__PORT", "70000", "broker.port is 70000: 0 to 65535 are possible")]
    public void A_variable_that_fits_no_key_is_named(string variable, string value, string expected) =>
        Should.Throw<ConfigurationException>(() => Parse((variable, value))).Message.ShouldContain(expected);

    private static RunConfiguration Parse(params (string Variable, string Value)[] environment) =>
        RunConfigurationLoader.Parse(Text, "x.yaml", environment.ToDictionary(entry => entry.Variable, entry => entry.Value));
}
