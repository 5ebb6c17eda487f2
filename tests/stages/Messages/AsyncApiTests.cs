using AuStream.Stages.Messages;
using AuStream.Testing;
using YamlDotNet.RepresentationModel;

namespace AuStream.Stages.Tests.Messages;

/// <summary>docs/asyncapi.yaml says what the code does.</summary>
public sealed class AsyncApiTests
{
    private static readonly string Documents = Path.Combine(SharedMedia.RepositoryRoot, "docs");
    private readonly YamlMappingNode _root = Load();

    [Fact]
    public void Its_channels_are_the_topics_of_the_code()
    {
        StreamTopics topics = new("{prefix}", "{stream}");
        Map("channels").Children.ToDictionary(channel => channel.Key.ToString(), channel => ((YamlMappingNode)channel.Value)["address"].ToString()).ShouldBe(
            new Dictionary<string, string>
            {
                ["status"] = topics.Status,
                ["frames"] = topics.Frames,
                ["events"] = topics.Events,
                ["groups"] = topics.Groups,
                ["stats"] = topics.Statistics,
                ["commands"] = topics.Commands,
                ["replies"] = topics.Replies,
            },
            ignoreOrder: true);
    }

    [Theory]
    [InlineData("frame", MessageSchema.Frame)]
    [InlineData("event", MessageSchema.Event)]
    [InlineData("group", MessageSchema.Group)]
    [InlineData("command", MessageSchema.Command)]
    [InlineData("reply", MessageSchema.Reply)]
    [InlineData("status", MessageSchema.Status)]
    [InlineData("stats", MessageSchema.Statistics)]
    public void Its_messages_have_the_names_and_schemas_of_the_code(string message, string schema)
    {
        YamlMappingNode described = (YamlMappingNode)((YamlMappingNode)Map("components")["messages"])[message];
        described["name"].ToString().ShouldBe(schema);
        string file = Path.Combine(Documents, ((YamlMappingNode)((YamlMappingNode)described["payload"])["schema"])["$ref"].ToString());
        File.ReadAllText(file).ShouldContain($"\"const\": \"{schema}\"");
    }

    [Fact]
    public void Every_reference_within_it_leads_somewhere()
    {
        string[] references = [.. All(_root).OfType<YamlMappingNode>()
            .Where(node => node.Children.ContainsKey("$ref"))
            .Select(node => node["$ref"].ToString())];
        references.Length.ShouldBeGreaterThan(20);
        foreach (string reference in references)
        {
            if (reference.StartsWith("#/", StringComparison.Ordinal))
            {
                YamlNode node = _root;
                foreach (string step in reference[2..].Split('/'))
                {
                    node = ((YamlMappingNode)node)[step];
                }
            }
            else
            {
                File.Exists(Path.Combine(Documents, reference)).ShouldBeTrue(reference);
            }
        }
    }

    private static YamlMappingNode Load()
    {
        using StreamReader reader = new(Path.Combine(Documents, "asyncapi.yaml"));
        YamlStream yaml = [];
        yaml.Load(reader);
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    private static IEnumerable<YamlNode> All(YamlNode node) => node switch
    {
        YamlMappingNode map => map.Children.Values.SelectMany(All).Prepend(map),
        YamlSequenceNode list => list.Children.SelectMany(All).Prepend(list),
        _ => [node],
    };

    private YamlMappingNode Map(string name) => (YamlMappingNode)_root[name];
}
