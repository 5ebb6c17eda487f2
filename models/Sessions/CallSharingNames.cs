namespace AuStream.Models.Sessions;

/// <summary>The words for <see cref="CallSharing"/> in configurations and on the command line.</summary>
public static class CallSharingNames
{
    /// <summary>The words that <see cref="Parse"/> knows.</summary>
    public static IReadOnlyList<string> Words { get; } = ["auto", "on", "off"];

    /// <summary>What a word asks for.</summary>
    /// <exception cref="ArgumentException">It is none of <see cref="Words"/>.</exception>
    public static CallSharing Parse(string word) => word switch
    {
        "auto" => CallSharing.Auto,
        "on" => CallSharing.On,
        "off" => CallSharing.Off,
        _ => throw new ArgumentException($"'{word}' does not say whether streams share calls; there are {string.Join(", ", Words)}.", nameof(word)),
    };

    /// <summary>Whether calls are shared on a provider.</summary>
    public static bool AppliesTo(this CallSharing sharing, ExecutionProvider provider) =>
        sharing == CallSharing.On || (sharing == CallSharing.Auto && provider != ExecutionProvider.Cpu);
}
