using AuStream.Models.Importing.Onnx;
using AuStream.Models.Sessions;
using AuStream.Testing;

namespace AuStream.Models.Tests.Sessions;

public sealed class OnnxRunnerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("austream-session-").FullName;

    [Fact]
    public void A_batch_of_any_size_is_computed_item_by_item()
    {
        using OnnxSession session = OnnxSession.Load(WriteScaler(OnnxGraph.Batch));
        using OnnxRunner runner = new(session);
        foreach (int batch in (int[])[1, 5, 2, 64, 5])
        {
            runner.Prepare(batch);
            for (int item = 0; item < batch; item++)
            {
                runner.Input(0, item).Fill(item + 1);
            }

            runner.Run();

            for (int item = 0; item < batch; item++)
            {
                runner.Output(0, item).ToArray().ShouldBe([2f * (item + 1), 3f * (item + 1)]);
            }
        }

        Should.Throw<ArgumentOutOfRangeException>(() => runner.Prepare(0));
        Should.Throw<ArgumentOutOfRangeException>(() => runner.Output(0, 5).ToArray());
    }

    [Fact]
    public void Running_allocates_nothing_once_the_batch_sizes_were_seen()
    {
        using OnnxSession session = OnnxSession.Load(WriteScaler(OnnxGraph.Batch));
        using OnnxRunner runner = new(session, 4);
        void Both()
        {
            runner.Prepare(3);
            runner.Input(0, 2).Fill(1);
            runner.Run();
            runner.Prepare(1);
            runner.Run();
        }

        Both();
        AllocationMeter.Least(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                Both();
            }
        }).ShouldBe(0);
    }

    [Fact]
    public void Buffers_survive_a_garbage_collection_between_runs()
    {
        using OnnxSession session = OnnxSession.Load(WriteScaler(OnnxGraph.Batch));
        using OnnxRunner runner = new(session, 2);
        for (int i = 0; i < 5; i++)
        {
            runner.Input(0, 1).Fill(i);
            GC.Collect(2, GCCollectionMode.Forced, true, true);
            runner.Run();
            runner.Output(0, 1)[1].ShouldBe(3f * i);
        }
    }

    [Fact]
    public void A_fixed_batch_is_respected()
    {
        using OnnxSession session = OnnxSession.Load(WriteScaler(1));
        session.Inputs[0].IsBatchDynamic.ShouldBeFalse();
        session.ProviderInUse.ShouldBe(ExecutionProvider.Cpu);
        Should.Throw<ArgumentOutOfRangeException>(() => new OnnxRunner(session, 2));
    }

    [Fact]
    public void Loading_errors_name_the_file_and_the_remedy()
    {
        string damaged = Path.Combine(_folder, "damaged.onnx");
        File.WriteAllText(damaged, "no model");

        Should.Throw<ModelLoadException>(() => OnnxSession.Load(damaged)).Message.ShouldContain(damaged);
        Should.Throw<ModelLoadException>(() => OnnxSession.Load(damaged)).Message.ShouldContain("austream models");
        Should.Throw<ModelLoadException>(() => OnnxSession.Load(Path.Combine(_folder, "missing.onnx"))).Message.ShouldContain("missing.onnx");
        using OnnxSession session = OnnxSession.Load(WriteScaler(1));
        Should.Throw<ModelLoadException>(() => session.OutputIndex("z")).Message.ShouldContain("'z'");
        session.OutputIndex("y").ShouldBe(0);
    }

    [Fact]
    public void A_model_with_open_sides_is_refused()
    {
        OnnxGraph graph = new("open");
        graph.Input("x", 1, OnnxGraph.Batch);
        graph.Output("y", 1, OnnxGraph.Batch);
        graph.AddAs("y", "Relu", ["x"]);
        string path = Path.Combine(_folder, "open.onnx");
        File.WriteAllBytes(path, graph.Serialize());

        Should.Throw<ModelLoadException>(() => OnnxSession.Load(path)).Message.ShouldContain("'x'");
    }

    [Fact]
    public void Options_out_of_range_are_refused() =>
        Should.Throw<ArgumentException>(() => OnnxSession.Load("any.onnx", new OnnxSessionOptions { IntraOpThreads = 0 })).Message.ShouldContain("IntraOpThreads");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string WriteScaler(long batch)
    {
        OnnxGraph graph = new("scaler");
        graph.Input("x", batch, 2);
        graph.Output("y", batch, 2);
        graph.AddAs("y", "Mul", ["x", graph.Constant([2f, 3f], 1, 2)]);
        string path = Path.Combine(_folder, $"scaler{batch}.onnx");
        File.WriteAllBytes(path, graph.Serialize());
        return path;
    }
}
