using AuStream.Pipeline.Commands;
using AuStream.Synthesis.Samples;

namespace AuStream.Pipeline.Synthesizing;

/// <summary>Parts of the generator that <c>synth --without</c> leaves out, for measuring what each of them is good for. Everything else stays as it is.</summary>
public static class GeneratorParts
{
    private static readonly (string Name, Func<SampleOptions, SampleOptions> Remove)[] s_parts =
    [
        ("wrinkles", options => options with { Pictures = options.Pictures with { HasWrinkles = false } }),
        ("light", options => options with { Pictures = options.Pictures with { IsLitEvenly = true } }),
        ("camera", options => options with { Pictures = options.Pictures with { IsCameraFaultless = true } }),
        ("occlusion", options => options with
        {
            Pictures = options.Pictures with { OccluderShare = 0 },
            People = options.People with { GlassesShare = 0, HeadwearShare = 0 },
        }),
        ("proportions", options => options with { People = options.People with { HasMeasuredProportions = false } }),
        ("resting-faces", options => options with { People = options.People with { RestingSpread = 0 } }),
        ("own-movement", options => options with { People = options.People with { HasOwnMovement = false } }),
        ("combinations", options => options with { HasCombinations = false }),
    ];

    /// <summary>What can be left out.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_parts.Select(part => part.Name)];

    /// <summary>The same options without some parts.</summary>
    /// <param name="options">What to make.</param>
    /// <param name="without">Names of parts, separated by commas, or null for none.</param>
    /// <exception cref="UsageException">There is no such part.</exception>
    public static SampleOptions Remove(SampleOptions options, string? without)
    {
        foreach (string name in (without ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            Func<SampleOptions, SampleOptions> remove = s_parts.FirstOrDefault(part => part.Name == name).Remove
                ?? throw new UsageException($"--without: there is no part '{name}' of the generator; there are {string.Join(", ", Names)}.");
            options = remove(options);
        }

        return options;
    }
}
