using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AuStream.Testing;

namespace AuStream.Stages.Tests.Messages;

public sealed class MessageSchemaTests
{
    private static readonly string Schemas = Path.Combine(SharedMedia.RepositoryRoot, "docs", "schemas");
    private static readonly string Examples = Path.Combine(Schemas, "examples");
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> Names => [.. MessageExamples.Create().Keys];

    [Fact]
    public void The_documented_examples_are_what_the_code_writes()
    {
        // AUSTREAM_WRITE_EXAMPLES=1 writes them anew.
        bool write = Environment.GetEnvironmentVariable("AUSTREAM_WRITE_EXAMPLES") == "1";
        IReadOnlyDictionary<string, byte[]> examples = MessageExamples.Create();
        foreach ((string name, byte[] message) in examples)
        {
            string path = Path.Combine(Examples, name + ".json");
            string text = JsonSerializer.Serialize(JsonNode.Parse(message), Indented) + "\n";
            if (write)
            {
                File.WriteAllText(path, text);
            }

            File.Exists(path).ShouldBeTrue(path);
            File.ReadAllText(path).ShouldBe(text, name);
        }

        Directory.EnumerateFiles(Examples).Select(Path.GetFileNameWithoutExtension).Order().ShouldBe(examples.Keys.Order());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Messages_match_their_schema_and_hold_nothing_that_it_does_not_describe(string name)
    {
        JsonNode message = JsonNode.Parse(MessageExamples.Create()[name])!;
        SchemaCheck schema = SchemaOf(name);
        schema.Validate(message).ShouldBeEmpty();
        schema.Undescribed(message).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_message_that_lacks_a_field_or_has_a_wrong_one_does_not_match(string name)
    {
        SchemaCheck schema = SchemaOf(name);
        JsonObject message = JsonNode.Parse(MessageExamples.Create()[name])!.AsObject();
        string[] optional = ["reason", "delivery", "file", "faces of stats", "command of reply", "id of reply", "action_unit of command"];
        foreach (string field in message.Select(property => property.Key).Where(field => !optional.Contains(field) && !optional.Contains($"{field} of {name.Split('-')[0]}")))
        {
            JsonObject lacking = message.DeepClone().AsObject();
            lacking.Remove(field);
            schema.Validate(lacking).ShouldNotBeEmpty($"without {field}");

            JsonObject wrong = message.DeepClone().AsObject();
            wrong[field] = new JsonArray("wrong");
            schema.Validate(wrong).ShouldNotBeEmpty($"{field} of another type");
        }
    }

    [Theory]
    [InlineData("frame-two-faces", "faces.0.action_units.AU12.intensity", 5.1)]
    [InlineData("frame-two-faces", "faces.0.action_units.AU12.score", -0.1)]
    [InlineData("frame-two-faces", "faces.0.confidence", 1.5)]
    [InlineData("frame-two-faces", "faces.1.face", 0)]
    [InlineData("event-end", "duration", -1)]
    [InlineData("event-start", "number", 0)]
    [InlineData("stats-stream", "frames.dropped", 0.5)]
    public void A_value_outside_its_range_does_not_match(string name, string place, double value)
    {
        JsonNode message = JsonNode.Parse(MessageExamples.Create()[name])!;
        string[] path = place.Split('.');
        JsonNode parent = path[..^1].Aggregate(message, (node, step) => int.TryParse(step, out int index) ? node[index]! : node[step]!);
        parent[path[^1]] = value;
        SchemaOf(name).Validate(JsonNode.Parse(message.ToJsonString())).ShouldNotBeEmpty();
    }

    [Fact]
    public void Ajv_agrees_that_the_examples_match()
    {
        string ajv = Path.Combine(SharedMedia.RepositoryRoot, "artifacts", "node", "node_modules");
        if (!Directory.Exists(Path.Combine(ajv, "ajv")))
        {
            Assert.Skip("needs ajv: npm install --prefix artifacts/node --ignore-scripts ajv@8");
        }

        const string program = """
            const fs = require('fs'), path = require('path');
            const Ajv = require('ajv/dist/2020');
            const folder = process.argv[1];
            const ajv = new Ajv({ strict: true, strictRequired: false, allErrors: true });
            let failed = 0, checked = 0;
            for (const file of fs.readdirSync(path.join(folder, 'examples'))) {
              const schema = file.split('-')[0] + '.schema.json';
              const read = name => JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'));
              const parsed = read(schema);
              const validate = ajv.getSchema(parsed.$id) || ajv.compile(parsed);
              checked++;
              if (!validate(read(path.join('examples', file)))) { failed++; console.log(file, JSON.stringify(validate.errors)); }
            }
            console.log(checked + ' checked');
            process.exit(failed ? 1 : 0);
            """;
        ProcessStartInfo start = new("node", ["-e", program, Schemas]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["NODE_PATH"] = ajv;
        using Process node = Process.Start(start)!;
        string output = node.StandardOutput.ReadToEnd() + node.StandardError.ReadToEnd();
        node.WaitForExit();
        node.ExitCode.ShouldBe(0, output);
        output.ShouldContain($"{MessageExamples.Create().Count} checked");
    }

    private static SchemaCheck SchemaOf(string name) => SchemaCheck.Load(Path.Combine(Schemas, name.Split('-')[0] + ".schema.json"));
}
