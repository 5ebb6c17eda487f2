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
        return ListedWords.Restrict(option, ProviderNames.Preferences);
    }

    /// <summary><c>--share-calls</c>.</summary>
    public static Option<string> CreateShareCalls()
    {
        Option<string> option = new("--share-calls")
        {
            Description = "Whether streams that call a network at the same time share one call: auto (on a GPU), on or off.",
            DefaultValueFactory = _ => "auto",
        };
        return ListedWords.Restrict(option, CallSharingNames.Words);
    }
}
