namespace AuStream.Models.Sessions;

/// <summary>Execution providers in words: those of configurations, and those that people read.</summary>
public static class ProviderNames
{
    /// <summary>The words that <see cref="Parse"/> knows.</summary>
    public static IReadOnlyList<string> Preferences { get; } = ["auto", "tensorrt", "cuda", "cpu"];

    /// <summary>The preference that a word of a configuration names.</summary>
    /// <exception cref="ArgumentException">It names none.</exception>
    public static ProviderPreference Parse(string word) => word switch
    {
        "auto" => ProviderPreference.Auto,
        "tensorrt" => ProviderPreference.TensorRt,
        "cuda" => ProviderPreference.Cuda,
        "cpu" => ProviderPreference.Cpu,
        _ => throw new ArgumentException($"'{word}' names no execution provider; there are {string.Join(", ", Preferences)}.", nameof(word)),
    };

    /// <summary>The providers that a preference allows, best first.</summary>
    public static IReadOnlyList<ExecutionProvider> Candidates(this ProviderPreference preference) => preference switch
    {
        ProviderPreference.Auto => [ExecutionProvider.TensorRt, ExecutionProvider.Cuda, ExecutionProvider.Cpu],
        ProviderPreference.TensorRt => [ExecutionProvider.TensorRt],
        ProviderPreference.Cuda => [ExecutionProvider.Cuda],
        ProviderPreference.Cpu => [ExecutionProvider.Cpu],
        _ => throw new ArgumentOutOfRangeException(nameof(preference), preference, "No such preference."),
    };

    /// <summary>For metrics and configurations: <c>cpu</c>, <c>cuda</c>, <c>tensorrt</c>.</summary>
    public static string Word(this ExecutionProvider provider) => provider switch
    {
        ExecutionProvider.Cpu => "cpu",
        ExecutionProvider.Cuda => "cuda",
        ExecutionProvider.TensorRt => "tensorrt",
        _ => throw new ArgumentOutOfRangeException(nameof(provider), provider, "No such provider."),
    };

    /// <summary>ONNX Runtime's own name.</summary>
    public static string RuntimeName(this ExecutionProvider provider) => provider switch
    {
        ExecutionProvider.Cpu => "CPUExecutionProvider",
        ExecutionProvider.Cuda => "CUDAExecutionProvider",
        ExecutionProvider.TensorRt => "TensorrtExecutionProvider",
        _ => throw new ArgumentOutOfRangeException(nameof(provider), provider, "No such provider."),
    };
}
