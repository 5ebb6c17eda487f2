using System.CommandLine;
using AuStream.Models.Sessions;

namespace AuStream.Pipeline.Commands;

/// <summary>The options of commands that say how networks are computed.</summary>
internal static class ComputingOptions
{
    /// <summary><c>--provider</c>.</summary>
    public static Option<string> CreateProvider()
    {
        Option<string> option = new("--provider")
        {
            Description = "What computes the networks: auto (the best that works here), tensorrt, cuda or cpu.",
            DefaultValueFactory = _ => "auto",
        };
        return Restrict(option, ProviderNames.Preferences);
    }

    /// <summary><c>--share-calls</c>.</summary>
    public static Option<string> CreateShareCalls()
    {
        Option<string> option = new("--share-calls")
        {
            Description = "Whether streams that call a network at the same time share one call: auto (on a GPU), on or off.",
            DefaultValueFactory = _ => "auto",
        };
        return Restrict(option, CallSharingNames.Words);
    }

    // System.CommandLine's own check does not say which option is meant.
    private static Option<string> Restrict(Option<string> option, IReadOnlyList<string> words)
    {
        option.CompletionSources.Add([.. words]);
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !words.Contains(result.Tokens[0].Value))
            {
                result.AddError($"{option.Name} is '{result.Tokens[0].Value}': {string.Join(", ", words)} are possible.");
            }
        });
        return option;
    }
}
