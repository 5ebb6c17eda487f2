using AuStream.Models.Sessions;
using AuStream.Pipeline.Diagnosing;

namespace AuStream.EndToEnd.Tests.Diagnosing;

public sealed class GpuDiagnosticTests : IDisposable
{
    private static readonly GpuLibrary Cuda = new("CUDA", 13, ["libcudart.so.13", "libcufft.so.12"], "libcudart.so", "the CUDA provider");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_complete_family_of_the_right_version_is_ok() =>
        GpuDiagnostic.Examine(Cuda, Cuda.Files.Contains).ShouldBe(DiagnosticCheck.Ok("CUDA", "version 13"));

    [Fact]
    public void Another_major_version_is_named_beside_the_one_that_is_needed()
    {
        DiagnosticCheck check = GpuDiagnostic.Examine(Cuda, file => file == "libcudart.so.12");

        check.State.ShouldBe(CheckState.Warning);
        check.Detail.ShouldStartWith("version 12 is here, but version 13 is needed");
    }

    [Fact]
    public void An_incomplete_family_names_the_file_that_lacks()
    {
        DiagnosticCheck check = GpuDiagnostic.Examine(Cuda, file => file == "libcudart.so.13");

        check.State.ShouldBe(CheckState.Warning);
        check.Detail.ShouldBe("incomplete, lacking libcufft.so.12");
    }

    [Fact]
    public async Task A_machine_without_a_GPU_is_fine()
    {
        IReadOnlyList<DiagnosticCheck> checks = await new GpuDiagnostic(new ToolRunner(searchPath: _folder.Root)).ExamineAsync(default);

        checks.ShouldHaveSingleItem().State.ShouldBe(CheckState.Ok);
    }

    [Fact]
    public async Task A_GPU_is_described_and_its_libraries_examined()
    {
        _folder.WriteScript("nvidia-smi", "echo 'NVIDIA H200, 143771 MiB, 580.65.06, 9.0'");

        IReadOnlyList<DiagnosticCheck> checks = await new GpuDiagnostic(new ToolRunner(searchPath: _folder.Root)).ExamineAsync(default);

        checks[0].Detail.ShouldBe("NVIDIA H200, 143771 MiB, driver 580.65.06, compute capability 9.0");
        checks.Select(check => check.Name).ShouldBe(["GPU", "CUDA", "cuDNN", "TensorRT"]);
    }
}
