using System.CommandLine;

namespace AuStream.Pipeline.Commands;

/// <summary>Options that take one of a few words.</summary>
internal static class ListedWords
{
    /// <summary>Refuses any other word. Unlike System.CommandLine's own check, the error names the option.</summary>
    public static Option<string> Restrict(Option<string> option, IReadOnlyList<string> words)
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
