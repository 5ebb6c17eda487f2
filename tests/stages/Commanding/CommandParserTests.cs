using System.Text;
using AuStream.Stages.Commanding;
using AuStream.Stages.Tests.Messages;
using AuStream.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace AuStream.Stages.Tests.Commanding;

public sealed class CommandParserTests
{
    private const string Threshold = """{"schema":"austream.command/1","id":"a","command":"set_threshold","action_unit":"AU12","threshold":1.5}""";
    private static readonly SchemaCheck Schema = SchemaCheck.Load(Path.Combine(SharedMedia.RepositoryRoot, "docs", "schemas", "command.schema.json"));

    [Theory]
    [InlineData("""{"schema":"austream.command/1","id":"a","command":"stop"}""", StreamCommandName.Stop)]
    [InlineData("""{"command":"start","id":"b","schema":"austream.command/1"}""", StreamCommandName.Start)]
    [InlineData("""{"schema":"austream.command/1","id":"a","command":"enrol_neutral","face":3}""", StreamCommandName.EnrolNeutral)]
    [InlineData(Threshold, StreamCommandName.SetThreshold)]
    public void A_command_is_read(string text, StreamCommandName name)
    {
        CommandParser.TryParse(Encoding.UTF8.GetBytes(text), out StreamCommand? command, out _, out string? fault).ShouldBeTrue(fault);
        command!.Name.ShouldBe(name);
    }

    [Fact]
    public void Its_values_are_read()
    {
        CommandParser.TryParse(Encoding.UTF8.GetBytes(Threshold), out StreamCommand? command, out _, out _).ShouldBeTrue();
        command.ShouldBe(new StreamCommand("a", StreamCommandName.SetThreshold, ActionUnit: 12, Threshold: 1.5f));
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("{\"id\":1}", "'id'")]
    [InlineData("{\"id\":\"\"}", "'id'")]
    [InlineData("{\"id\":\"a\"}", "'schema'")]
    [InlineData("{\"id\":\"a\",\"schema\":\"austream.command/2\",\"command\":\"stop\"}", "'schema'")]
    [InlineData("{\"id\":\"a\",\"schema\":\"austream.command/1\",\"command\":\"explode\"}", "'command'")]
    [InlineData("{\"id\":\"a\",\"schema\":\"austream.command/1\",\"command\":\"stop\",\"face\":1}", "no field 'face'")]
    [InlineData("{\"id\":\"a\",\"id\":\"b\",\"schema\":\"austream.command/1\",\"command\":\"stop\"}", "twice")]
    [InlineData("{\"id\":\"a\",\"schema\":\"austream.command/1\",\"command\":\"enrol_neutral\",\"face\":0}", "'face'")]
    [InlineData("{\"id\":\"a\",\"schema\":\"austream.command/1\",\"command\":\"enrol_neutral\",\"face\":1.5}", "'face'")]
    [InlineData("{\"id\":\"a\",\"schema\":\"austream.command/1\",\"command\":\"set_threshold\",\"action_unit\":\"AU12\"}", "'threshold'")]
    [InlineData("{\"id\":\"a\",\"schema\":\"austream.command/1\",\"command\":\"set_threshold\",\"action_unit\":\"12\",\"threshold\":1}", "'action_unit'")]
    [InlineData("{\"id\":\"a\",\"schema\":\"austream.command/1\",\"command\":\"set_threshold\",\"action_unit\":\"AU12\",\"threshold\":5.01}", "'threshold'")]
    [InlineData("{\"id\":\"a\",\"schema\":\"austream.command/1\",\"command\":\"set_threshold\",\"action_unit\":\"AU12\",\"threshold\":1e99}", "'threshold'")]
    [InlineData("{\"id\":\"\\ud800\",\"schema\":\"austream.command/1\",\"command\":\"stop\"}", "not valid")]
    public void What_is_no_command_is_refused_with_its_reason(string text, string expected)
    {
        CommandParser.TryParse(Encoding.UTF8.GetBytes(text), out StreamCommand? command, out _, out string? fault).ShouldBeFalse();
        command.ShouldBeNull();
        fault!.ShouldContain(expected);
    }

    [Fact]
    public void Whatever_bytes_come_nothing_is_thrown_and_what_is_taken_matches_the_schema() => Prop.ForAll(Mutated().ToArbitrary(), bytes =>
    {
        bool isCommand = CommandParser.TryParse(bytes, out StreamCommand? command, out _, out string? fault);
        return isCommand
            ? command is not null && fault is null && Schema.Validate(System.Text.Json.Nodes.JsonNode.Parse(bytes)).Count == 0
            : command is null && fault is not null;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    /// <summary>Commands in which some bytes were changed, taken out or put in.</summary>
    internal static Gen<byte[]> Mutated()
    {
        string[] seeds =
        [
            Threshold,
            """{"schema":"austream.command/1","id":"a","command":"enrol_neutral","face":3}""",
            """{"schema":"austream.command/1","id":"a","command":"stop"}""",
        ];
        return from seed in Gen.Elements(seeds)
               from edits in Gen.ListOf(from at in Gen.Choose(0, 1000) from kind in Gen.Choose(0, 3) from value in Gen.Choose(0, 255) select (at, kind, value))
               select Mutate(Encoding.UTF8.GetBytes(seed), [.. edits.Take(6)]);
    }

    private static byte[] Mutate(byte[] seed, (int At, int Kind, int Value)[] edits)
    {
        List<byte> bytes = [.. seed];
        foreach ((int at, int kind, int value) in edits)
        {
            int place = bytes.Count == 0 ? 0 : at % bytes.Count;
            switch (kind)
            {
                case 0 when bytes.Count > 0:
                    bytes[place] = (byte)value;
                    break;
                case 1 when bytes.Count > 0:
                    bytes.RemoveAt(place);
                    break;
                case 2:
                    bytes.Insert(place, (byte)value);
                    break;
                case 3 when bytes.Count > 0:
                    bytes[place] = (byte)('0' + (value % 10));
                    break;
            }
        }

        return [.. bytes];
    }
}
