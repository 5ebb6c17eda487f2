using AuStream.Pipeline.Commands;
using AuStream.Pipeline.Synthesizing;
using AuStream.Synthesis.Samples;

namespace AuStream.EndToEnd.Tests.Synthesizing;

public sealed class GeneratorPartsTests
{
    [Fact]
    public void Every_part_that_is_left_out_changes_what_is_made()
    {
        SampleOptions all = new();
        SampleOptions[] without = [.. GeneratorParts.Names.Select(name => GeneratorParts.Remove(all, name))];

        without.ShouldAllBe(options => options != all);
        without.Distinct().Count().ShouldBe(GeneratorParts.Names.Count);
        GeneratorParts.Remove(all, null).ShouldBe(all);
    }

    [Fact]
    public void Several_parts_are_left_out_together()
    {
        SampleOptions options = GeneratorParts.Remove(new SampleOptions { Seed = 3 }, "wrinkles, camera");

        options.ShouldBe(new SampleOptions { Seed = 3, Pictures = new PictureOptions { HasWrinkles = false, IsCameraFaultless = true } });
    }

    [Fact]
    public void An_unknown_part_is_named_with_those_that_exist()
    {
        string message = Should.Throw<UsageException>(() => GeneratorParts.Remove(new SampleOptions(), "wrinkels")).Message;

        message.ShouldContain("--without");
        message.ShouldContain("'wrinkels'");
        message.ShouldContain("wrinkles, light, camera");
    }
}
