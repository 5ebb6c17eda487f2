using AuStream.Models.Importing.Onnx;
using AuStream.Models.Sessions;
using AuStream.Testing;

namespace AuStream.Models.Tests.Sessions;

public sealed class SharedCallsTests : IDisposable
{
    private const int Callers = 12;
    private const int Rounds = 200;

    private readonly string _folder = Directory.CreateTempSubdirectory("austream-shared-").FullName;

    [Fact]
    public async Task Every_caller_gets_its_own_results_whoever_shares_the_call()
    {
        using OnnxSession session = Load(CallSharing.On, largestBatch: 16);
        session.SharesCalls.ShouldBeTrue();
        await RunMany(session);

        long asked = Enumerable.Range(0, Callers).Sum(caller => Enumerable.Range(0, Rounds).Sum(round => (long)BatchOf(caller, round)));
        ((long)session.Metrics.BatchSizes.Sum).ShouldBe(asked);
        session.Metrics.UnderWay.ShouldBe(0);
    }

    [Fact]
    public async Task Callers_that_come_while_a_call_is_under_way_share_the_next_one_and_no_call_is_larger_than_allowed()
    {
        using OnnxSession session = Load(CallSharing.On, largestBatch: 8);
        long asked = 0;
        long[] counts = [];
        // Calls are so short that on a busy machine twelve callers may take turns without ever meeting: they are asked again until some have met.
        for (int attempt = 0; attempt < 200 && counts.Sum() == asked; attempt++)
        {
            await RunMany(session);
            asked += Callers * Rounds;
            counts = session.Metrics.BatchSizes.Counts();
        }

        counts.Sum().ShouldBeLessThan(asked, "some calls were shared");
        counts[(FixedHistogram.BatchSizes.ToList().IndexOf(8) + 1)..].Sum().ShouldBe(0);
    }

    [Fact]
    public void A_caller_that_asks_for_more_than_the_largest_batch_is_served_alone()
    {
        using OnnxSession session = Load(CallSharing.On, largestBatch: 4);
        using OnnxRunner runner = new(session, 9);
        runner.Prepare(9);
        runner.Input(0, 8).Fill(7);
        runner.Run();
        runner.Output(0, 8).ToArray().ShouldBe([14f, 21f]);
    }

    [Fact]
    public void A_lone_caller_allocates_nothing()
    {
        using OnnxSession session = Load(CallSharing.On, largestBatch: 8);
        using OnnxRunner runner = new(session, 2);
        runner.Run();
        AllocationMeter.Least(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                runner.Run();
            }
        }).ShouldBe(0);
    }

    [Fact]
    public async Task A_failure_is_told_to_all_who_shared_the_call_and_the_next_call_goes_on()
    {
        using OnnxSession session = OnnxSession.Load(WriteGather(), new OnnxSessionOptions { Sharing = CallSharing.On, LargestBatch = 32 });
        using OnnxRunner good = new(session);
        good.Input(0, 0).Fill(1);
        good.Run();
        good.Output(0, 0)[0].ShouldBe(20f);

        // One index out of range fails whatever call it is part of.
        int failures = 0;
        Task[] callers = [.. Enumerable.Range(0, Callers).Select(number => Task.Factory.StartNew(
            () =>
            {
                using OnnxRunner runner = new(session);
                for (int i = 0; i < 10; i++)
                {
                    runner.Input(0, 0).Fill(number == 0 ? 99 : 1);
                    try
                    {
                        runner.Run();
                        runner.Output(0, 0)[0].ShouldBe(20f);
                        number.ShouldNotBe(0);
                    }
                    catch (ModelLoadException)
                    {
                        Interlocked.Increment(ref failures);
                    }
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default))];
        await Task.WhenAll(callers);

        failures.ShouldBeGreaterThanOrEqualTo(10);
        good.Run();
        good.Output(0, 0)[0].ShouldBe(20f);
    }

    [Theory]
    [InlineData(CallSharing.Auto, false)]
    [InlineData(CallSharing.Off, false)]
    [InlineData(CallSharing.On, true)]
    public void On_a_processor_calls_are_shared_only_where_asked_for(CallSharing sharing, bool isShared)
    {
        using OnnxSession session = Load(sharing, largestBatch: 8);
        session.SharesCalls.ShouldBe(isShared);
        sharing.AppliesTo(ExecutionProvider.Cuda).ShouldBe(sharing != CallSharing.Off);
        sharing.AppliesTo(ExecutionProvider.TensorRt).ShouldBe(sharing != CallSharing.Off);
    }

    [Fact]
    public void The_words_of_configurations_are_known_and_others_refused()
    {
        CallSharingNames.Words.Select(CallSharingNames.Parse).ShouldBe([CallSharing.Auto, CallSharing.On, CallSharing.Off]);
        Should.Throw<ArgumentException>(() => CallSharingNames.Parse("always")).Message.ShouldContain("auto, on, off");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private OnnxSession Load(CallSharing sharing, int largestBatch)
    {
        OnnxGraph graph = new("scaler");
        graph.Input("x", OnnxGraph.Batch, 2);
        graph.Output("y", OnnxGraph.Batch, 2);
        graph.AddAs("y", "Mul", ["x", graph.Constant([2f, 3f], 1, 2)]);
        string path = Path.Combine(_folder, "scaler.onnx");
        File.WriteAllBytes(path, graph.Serialize());
        return OnnxSession.Load(path, new OnnxSessionOptions { Sharing = sharing, LargestBatch = largestBatch });
    }

    /// <summary>y = [10, 20, 30] at the whole number x, which fails where there is none.</summary>
    private string WriteGather()
    {
        OnnxGraph graph = new("gather");
        graph.Input("x", OnnxGraph.Batch, 1);
        graph.Output("y", OnnxGraph.Batch, 1);
        string index = graph.Add("Cast", ["x"], OnnxAttribute.Integer("to", 7));
        graph.AddAs("y", "Gather", [graph.Constant([10f, 20f, 30f], 3), index]);
        string path = Path.Combine(_folder, "gather.onnx");
        File.WriteAllBytes(path, graph.Serialize());
        return path;
    }

    // Caller n asks for 1 to 3 items per round.
    private static int BatchOf(int caller, int round) => 1 + ((caller + round) % 3);

    private static Task RunMany(OnnxSession session)
    {
        Task[] callers = [.. Enumerable.Range(0, Callers).Select(caller => Task.Factory.StartNew(
            () =>
            {
                using OnnxRunner runner = new(session, 3);
                for (int round = 0; round < Rounds; round++)
                {
                    int batch = BatchOf(caller, round);
                    runner.Prepare(batch);
                    for (int item = 0; item < batch; item++)
                    {
                        runner.Input(0, item).Fill((1000 * caller) + round + item);
                    }

                    runner.Run();
                    for (int item = 0; item < batch; item++)
                    {
                        float value = (1000 * caller) + round + item;
                        runner.Output(0, item).SequenceEqual([2 * value, 3 * value]).ShouldBeTrue();
                    }
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default))];
        return Task.WhenAll(callers);
    }
}
