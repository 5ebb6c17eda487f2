using AuStream.EndToEnd.Tests.Programs;

namespace AuStream.EndToEnd.Tests.Containers;

/// <summary>The comparison of results from two processors, which must not be content with everything.</summary>
public sealed class CompareFramesTests : IDisposable
{
    private const string Header = "frame,face_id,confidence,success,pose_Rx,face_x,AU12_r,AU12_c";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("1,1,0.990,1,0.1000,240.0,2.500,1", true)]
    [InlineData("1,1,0.991,1,0.1010,240.1,2.540,1", true)]
    [InlineData("1,1,0.990,1,0.1000,240.0,2.560,1", false)]
    [InlineData("1,1,0.990,1,0.1000,241.0,2.500,1", false)]
    [InlineData("1,1,0.990,1,0.1200,240.0,2.500,1", false)]
    [InlineData("1,2,0.990,1,0.1000,240.0,2.500,1", false)]
    [InlineData("1,1,0.990,0,0.1000,240.0,2.500,1", false)]
    [InlineData("", false)]
    [InlineData("1,1,0.990,1,0.1000,240.0,2.500,1\n2,1,0.990,1,0.1000,240.0,2.500,1", false)]
    public async Task Small_differences_pass_and_large_ones_do_not(string rows, bool same)
    {
        string expected = _folder.Write("expected.csv", $"{Header}\n1,1,0.990,1,0.1000,240.0,2.500,1\n");
        string actual = _folder.Write("actual.csv", $"{Header}\n{rows}{(rows.Length > 0 ? "\n" : "")}");

        ProgramResult result = await ShellCommand.RunAsync(ShellCommand.PathOf("eng/testing/compare-frames.sh"), expected, actual);

        result.Errors.ShouldBeEmpty();
        result.ExitCode.ShouldBe(same ? 0 : 1, result.Output);
    }
}
