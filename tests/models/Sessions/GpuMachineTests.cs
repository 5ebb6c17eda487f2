using AuStream.Models.Importing.Onnx;
using AuStream.Models.Sessions;

namespace AuStream.Models.Tests.Sessions;

public sealed class GpuMachineTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("austream-gpu-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_processor_always_works() => Machine(hasDevice: false).WhyNot(ExecutionProvider.Cpu).ShouldBeNull();

    [Fact]
    public void A_machine_without_a_device_says_so_first() =>
        Machine(hasDevice: false).WhyNot(ExecutionProvider.Cuda)!.ShouldStartWith("no NVIDIA GPU is visible");

    [Fact]
    public void A_missing_provider_library_is_named_with_the_places_that_were_searched()
    {
        string reason = Machine().WhyNot(ExecutionProvider.Cuda)!;

        reason.ShouldContain("libonnxruntime_providers_cuda.so");
        reason.ShouldContain(_folder);
    }

    [Fact]
    public void A_wrong_major_version_is_named_beside_the_right_one()
    {
        Install(ExecutionProvider.Cuda);

        Machine(there: ["libcudart.so.12"]).WhyNot(ExecutionProvider.Cuda)!.ShouldStartWith("CUDA 13 is needed: version 12 is here");
    }

    [Fact]
    public void CUDA_works_with_all_its_libraries_and_TensorRT_asks_for_more()
    {
        Install(ExecutionProvider.Cuda);
        Install(ExecutionProvider.TensorRt);
        GpuMachine machine = Machine(there: [.. GpuLibrary.Cuda.Files, .. GpuLibrary.CuDnn.Files]);

        machine.WhyNot(ExecutionProvider.Cuda).ShouldBeNull();
        machine.WhyNot(ExecutionProvider.TensorRt)!.ShouldStartWith("TensorRT 10 is needed: not found");
    }

    [Fact]
    public void Asking_for_a_provider_that_is_not_here_fails_with_the_reason_and_automatic_falls_back()
    {
        Assert.SkipWhen(GpuMachine.Current.HasDevice, "this machine has a GPU");
        string model = WriteModel();

        using OnnxSession session = OnnxSession.Load(model, new OnnxSessionOptions { Provider = ProviderPreference.Auto });

        session.ProviderInUse.ShouldBe(ExecutionProvider.Cpu);
        session.Refusals.Count.ShouldBe(2);
        session.Refusals[0].ShouldStartWith("tensorrt: no NVIDIA GPU is visible");
        Should.Throw<ModelLoadException>(() => OnnxSession.Load(model, new OnnxSessionOptions { Provider = ProviderPreference.Cuda }))
            .Message.ShouldContain("'provider: auto'");
    }

    [Fact]
    public void A_session_counts_its_calls_items_and_time()
    {
        using OnnxSession session = OnnxSession.Load(WriteModel());
        using OnnxRunner runner = new(session, 3);
        runner.Prepare(3);
        runner.Run();
        runner.Prepare(1);
        runner.Run();

        session.Metrics.BatchSizes.Sum.ShouldBe(4);
        session.Metrics.BatchSizes.Counts()[..3].ShouldBe([1, 0, 1]);
        session.Metrics.Seconds.Counts().Sum().ShouldBe(2);
        session.Metrics.Seconds.Sum.ShouldBeGreaterThan(0);
        session.Metrics.UnderWay.ShouldBe(0);
        session.Metrics.Failures.ShouldBe(0);
    }

    private GpuMachine Machine(bool hasDevice = true, string[]? there = null) => new(hasDevice, (there ?? []).Contains, [_folder]);

    private void Install(ExecutionProvider provider) => File.WriteAllText(Path.Combine(_folder, GpuMachine.LibraryName(provider)), "");

    private string WriteModel()
    {
        OnnxGraph graph = new("negation");
        graph.Input("x", OnnxGraph.Batch, 2);
        graph.Output("y", OnnxGraph.Batch, 2);
        graph.AddAs("y", "Neg", ["x"]);
        string path = Path.Combine(_folder, "negation.onnx");
        File.WriteAllBytes(path, graph.Serialize());
        return path;
    }
}
