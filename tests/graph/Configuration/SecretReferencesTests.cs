using AuStream.Pipeline.Configuration;

namespace AuStream.Graph.Tests.Configuration;

public sealed class SecretReferencesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("austream-secrets-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Files_and_variables_stand_in_for_parts_of_a_value()
    {
        File.WriteAllText(Path.Combine(_folder, "camera"), "pa$s\n");
        Environment.SetEnvironmentVariable("AUSTREAM_TEST_HOST", "mqtt.local");

        RunConfiguration configuration = Parse("broker: { host: '${env:AUSTREAM_TEST_HOST}' }", "rtsp://viewer:${file:camera}@door/1");

        configuration.Streams[0].Source.ShouldBe("rtsp://viewer:pa$s@door/1");
        configuration.Broker.Host.ShouldBe("mqtt.local");
    }

    [Fact]
    public void A_missing_file_is_named_with_its_key() =>
        Should.Throw<ConfigurationException>(() => Parse("", "${file:gone}")).Message.ShouldContain("streams[0].source refers to the file gone, which cannot be read");

    [Fact]
    public void A_missing_variable_is_named_with_its_key() =>
        Should.Throw<ConfigurationException>(() => Parse("site: '${env:AUSTREAM_TEST_GONE}'", "a.mp4")).Message.ShouldContain("site refers to the environment variable AUSTREAM_TEST_GONE, which is not set");

    private RunConfiguration Parse(string line, string source) =>
        RunConfigurationLoader.Parse($"purpose: a test\n{line}\nstreams:\n  - {{ id: one, source: '{source}' }}\n", Path.Combine(_folder, "run.yaml"));
}
