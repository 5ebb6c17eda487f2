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
    public void What_the_provider_itself_asks_for_is_what_must_be_there()
    {
        Install(ExecutionProvider.Cuda, "libcublasLt.so.13", "libcudart.so.13", "libc.so.6");

        Machine(there: ["libcudart.so.12", "libcublasLt.so.13", "libcudnn.so.9"]).WhyNot(ExecutionProvider.Cuda)
            .ShouldBe("libonnxruntime_providers_cuda.so needs libcudart.so.13 (version 12 is here). Install what lacks from NVIDIA, or put its folder on LD_LIBRARY_PATH.");
        Machine(there: ["libcudart.so.13", "libcublasLt.so.13", "libcudnn.so.9"]).WhyNot(ExecutionProvider.Cuda).ShouldBeNull();
    }

    [Fact]
    public void A_build_for_another_version_is_content_with_that_version()
    {
        Install(ExecutionProvider.TensorRt, "libcudart.so.12", "libnvinfer.so.10");

        Machine(there: ["libcudart.so.12", "libnvinfer.so.10", "libcudnn.so.9"]).WhyNot(ExecutionProvider.TensorRt).ShouldBeNull();
        Machine(there: ["libcudart.so.12", "libnvinfer.so.10"]).WhyNot(ExecutionProvider.TensorRt)!.ShouldStartWith("libonnxruntime_providers_tensorrt.so needs libcudnn.so.9. ");
    }

    [Fact]
    public void A_damaged_provider_library_is_named()
    {
        File.WriteAllText(Path.Combine(_folder, GpuMachine.LibraryName(ExecutionProvider.Cuda)), "no library, but long enough to hold the header of one, which has sixty-four bytes");

        Machine().WhyNot(ExecutionProvider.Cuda)!.ShouldContain("is no 64-bit little-endian ELF file");
    }

    [Fact]
    public void A_real_library_tells_what_it_needs()
    {
        string runtime = Directory.EnumerateFiles(AppContext.BaseDirectory, "libonnxruntime.so", SearchOption.AllDirectories).First();

        ElfLibrary.NeededLibraries(runtime).ShouldContain("libc.so.6");
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

    // A shared library that is nothing but a dynamic section and its names.
    private void Install(ExecutionProvider provider, params string[] needed)
    {
        const int header = 64;
        const int segments = 2 * 56;
        int dynamicAt = header + segments;
        int dynamicLength = 16 * (needed.Length + 2);
        int namesAt = dynamicAt + dynamicLength;
        byte[] names = [0, .. needed.SelectMany(name => System.Text.Encoding.ASCII.GetBytes(name + "\0"))];
        byte[] file = new byte[namesAt + names.Length];
        "\u007fELF\u0002\u0001"u8.CopyTo(file);
        Write(file, 32, header);
        file[56] = 2;
        const long address = 0x1000;
        file[header] = 1;
        Write(file, header + 16, address);
        Write(file, header + 32, file.Length);
        file[header + 56] = 2;
        Write(file, header + 56 + 8, dynamicAt);
        Write(file, header + 56 + 32, dynamicLength);
        int name = 1;
        for (int i = 0; i < needed.Length; i++)
        {
            Write(file, dynamicAt + (16 * i), 1);
            Write(file, dynamicAt + (16 * i) + 8, name);
            name += needed[i].Length + 1;
        }

        Write(file, dynamicAt + (16 * needed.Length), 5);
        Write(file, dynamicAt + (16 * needed.Length) + 8, address + namesAt);
        names.CopyTo(file, namesAt);
        File.WriteAllBytes(Path.Combine(_folder, GpuMachine.LibraryName(provider)), file);
    }

    private static void Write(byte[] file, int at, long value) => System.Buffers.Binary.BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(at), value);

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
