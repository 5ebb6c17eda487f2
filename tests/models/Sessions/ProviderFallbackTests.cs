using AuStream.Models.Sessions;

namespace AuStream.Models.Tests.Sessions;

public sealed class ProviderFallbackTests
{
    private static readonly IReadOnlyList<ExecutionProvider> s_auto = ProviderPreference.Auto.Candidates();

    [Fact]
    public void Automatic_tries_tensorrt_then_cuda_then_the_processor() =>
        s_auto.ShouldBe([ExecutionProvider.TensorRt, ExecutionProvider.Cuda, ExecutionProvider.Cpu]);

    [Fact]
    public void The_first_that_opens_is_used_and_the_better_ones_say_why_not()
    {
        List<ExecutionProvider> tried = [];
        (string opened, ExecutionProvider provider, IReadOnlyList<string> refusals) = ProviderFallback.Open(
            s_auto,
            candidate => candidate == ExecutionProvider.TensorRt ? "TensorRT 10 is needed: version 8 is here." : null,
            candidate =>
            {
                tried.Add(candidate);
                return candidate == ExecutionProvider.Cuda ? throw new InvalidOperationException("the driver is too old\ndetails") : "session";
            },
            refusal => refusal is InvalidOperationException);

        opened.ShouldBe("session");
        provider.ShouldBe(ExecutionProvider.Cpu);
        tried.ShouldBe([ExecutionProvider.Cuda, ExecutionProvider.Cpu]);
        refusals.ShouldBe(["tensorrt: TensorRT 10 is needed: version 8 is here.", "cuda: the driver is too old"]);
    }

    [Fact]
    public void The_best_one_that_opens_leaves_nothing_to_say()
    {
        (_, ExecutionProvider provider, IReadOnlyList<string> refusals) = ProviderFallback.Open(s_auto, _ => null, _ => 1, _ => true);

        provider.ShouldBe(ExecutionProvider.TensorRt);
        refusals.ShouldBeEmpty();
    }

    [Fact]
    public void A_fault_that_is_not_the_providers_is_passed_on() =>
        Should.Throw<FileNotFoundException>(() => ProviderFallback.Open<int>(s_auto, _ => null, _ => throw new FileNotFoundException(), _ => false));

    [Fact]
    public void The_only_candidate_that_cannot_work_is_an_error_with_its_remedy() =>
        Should.Throw<ModelLoadException>(() => ProviderFallback.Open(ProviderPreference.Cuda.Candidates(), _ => "no NVIDIA GPU is visible.", _ => 1, _ => true))
            .Message.ShouldBe("The execution provider 'cuda' was asked for, but no NVIDIA GPU is visible. 'provider: auto' takes the best that works.");

    [Theory]
    [InlineData("auto", ProviderPreference.Auto)]
    [InlineData("tensorrt", ProviderPreference.TensorRt)]
    [InlineData("cuda", ProviderPreference.Cuda)]
    [InlineData("cpu", ProviderPreference.Cpu)]
    public void Words_of_configurations_name_preferences(string word, ProviderPreference preference) => ProviderNames.Parse(word).ShouldBe(preference);

    [Fact]
    public void An_unknown_word_is_answered_with_the_known_ones() =>
        Should.Throw<ArgumentException>(() => ProviderNames.Parse("gpu")).Message.ShouldContain("auto, tensorrt, cuda, cpu");

    [Fact]
    public void TensorRT_keeps_its_engines_and_builds_one_for_all_batch_sizes()
    {
        Dictionary<string, string> settings = NativeSessions.TensorRtOptions([("image", [3, 112, 112]), ("points", [936])], "/cache", 16);

        settings["trt_engine_cache_path"].ShouldBe("/cache/tensorrt");
        settings["trt_profile_min_shapes"].ShouldBe("image:1x3x112x112,points:1x936");
        settings["trt_profile_opt_shapes"].ShouldBe("image:4x3x112x112,points:4x936");
        settings["trt_profile_max_shapes"].ShouldBe("image:16x3x112x112,points:16x936");
    }

    [Fact]
    public void TensorRT_gets_no_profile_where_every_side_is_fixed() =>
        NativeSessions.TensorRtOptions([], "/cache", 16).Keys.ShouldNotContain("trt_profile_min_shapes");
}
