using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AuStream.Pipeline.Configuration;

namespace AuStream.Graph.Tests.Configuration;

public sealed class ConfigurationSchemaTests
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string s_file = Path.Combine(DocumentedKeys.Folder, "austream.schema.json");

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(DocumentedKeys.Folder, "*.yaml").Select(path => Path.GetFileName(path)!)];

    [Fact]
    public void The_schema_for_editors_says_what_the_loader_checks()
    {
        string made = new ConfigurationSchema(DocumentedKeys.Read()).Create().ToJsonString(s_json) + "\n";
        if (Environment.GetEnvironmentVariable("AUSTREAM_WRITE_SCHEMA") is { Length: > 0 })
        {
            File.WriteAllText(s_file, made);
        }

        File.ReadAllText(s_file).ShouldBe(made, "The configuration's classes or example.yaml changed. AUSTREAM_WRITE_SCHEMA=1 with this test writes edge-config/austream.schema.json anew.");
    }

    [Fact]
    public void Every_documented_key_exists_and_every_key_is_documented_by_a_comment()
    {
        Dictionary<string, string> comments = DocumentedKeys.Read();

        comments.Keys.Order().ShouldBe(KeysOf(typeof(RunConfiguration), "").Order());
        comments.Where(entry => entry.Value.Length == 0).ShouldBeEmpty();
    }

    [Fact]
    public void The_example_gives_every_key_its_default()
    {
        RunConfiguration example = RunConfigurationLoader.Load(DocumentedKeys.ExamplePath);
        // What has no default, and 'embedded', whose default depends on 'host'.
        string[] chosen = ["purpose", "broker.embedded", "health.port", "streams.id", "streams.source"];

        Differences(example, new RunConfiguration(), "").Concat(Differences(example.Streams[0], new StreamConfiguration(), "streams."))
            .Except(chosen).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_file_tells_editors_where_the_schema_is(string file) =>
        File.ReadLines(Path.Combine(DocumentedKeys.Folder, file)).First().ShouldBe("# yaml-language-server: $schema=austream.schema.json");

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_key_of_every_file_has_a_comment_above_or_beside_it(string file)
    {
        string[] lines = File.ReadAllLines(Path.Combine(DocumentedKeys.Folder, file));

        lines.Where((line, i) =>
                System.Text.RegularExpressions.Regex.IsMatch(line, "^[ -]*[a-z_0-9]+:")
                && !line.Contains(" # ", StringComparison.Ordinal)
                && !(i > 0 && lines[i - 1].TrimStart().StartsWith('#')))
            .ShouldBeEmpty();
    }

    private static IEnumerable<string> KeysOf(Type type, string prefix) => ConfigurationKeys.Of(type).SelectMany(entry =>
    {
        Type[] items = entry.Property.PropertyType.IsGenericType ? entry.Property.PropertyType.GetGenericArguments() : [entry.Property.PropertyType];
        Type section = items[^1];
        string path = prefix + entry.Key;
        return ConfigurationKeys.IsSection(section) ? KeysOf(section, path + ".").Prepend(path) : [path];
    });

    private static IEnumerable<string> Differences(object one, object other, string prefix) => ConfigurationKeys.Of(one.GetType()).SelectMany<(string Key, System.Reflection.PropertyInfo Property), string>(entry =>
    {
        object? mine = entry.Property.GetValue(one);
        object? its = entry.Property.GetValue(other);
        if (mine is System.Collections.IDictionary or System.Collections.IList)
        {
            return mine is System.Collections.ICollection { Count: > 0 } and not List<StreamConfiguration> ? [prefix + entry.Key] : [];
        }

        return mine is not null && ConfigurationKeys.IsSection(mine.GetType()) ? Differences(mine, its!, prefix + entry.Key + ".")
            : Equals(mine, its) ? []
            : [prefix + entry.Key];
    });
}
