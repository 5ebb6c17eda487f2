using AuStream.EndToEnd.Tests.Programs;

namespace AuStream.EndToEnd.Tests.Demonstrating;

public sealed class DemoTests
{
    [Fact]
    public async Task The_demo_ends_well_and_every_frame_of_the_clip_arrives_over_mqtt()
    {
        ProgramResult result = await AuStreamProgram.RunAsync("demo");

        result.ExitCode.ShouldBe(0, result.Errors);
        result.Output.ShouldContain("AU12 lip corner puller");
        result.Output.ShouldMatch(@"(\d+) of \1 frames and \d+ event messages arrived over MQTT");
    }
}
