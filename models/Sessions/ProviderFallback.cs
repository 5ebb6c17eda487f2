namespace AuStream.Models.Sessions;

/// <summary>Tries execution providers in their order.</summary>
internal static class ProviderFallback
{
    /// <summary>Opens with the first provider that works.</summary>
    /// <param name="candidates">Providers, best first; at least one.</param>
    /// <param name="whyNot">Says beforehand why a provider cannot work, or null.</param>
    /// <param name="open">Opens with a provider, or throws.</param>
    /// <param name="isRefusal">Whether an exception speaks against this provider; any other one, and any of the last candidate, is passed on.</param>
    /// <returns>What was opened, with which provider, and why not with the better ones.</returns>
    /// <exception cref="ModelLoadException">The only candidate, or the last one, cannot work here.</exception>
    public static (T Opened, ExecutionProvider Provider, IReadOnlyList<string> Refusals) Open<T>(
        IReadOnlyList<ExecutionProvider> candidates,
        Func<ExecutionProvider, string?> whyNot,
        Func<ExecutionProvider, T> open,
        Func<Exception, bool> isRefusal)
    {
        List<string> refusals = [];
        for (int i = 0; i < candidates.Count; i++)
        {
            ExecutionProvider provider = candidates[i];
            bool isLast = i == candidates.Count - 1;
            string? reason = whyNot(provider);
            if (reason is null)
            {
                try
                {
                    return (open(provider), provider, refusals);
                }
                catch (Exception refusal) when (!isLast && isRefusal(refusal))
                {
                    reason = refusal.Message.Split('\n', 2)[0].Trim();
                }
            }
            else if (isLast)
            {
                throw new ModelLoadException($"The execution provider '{provider.Word()}' was asked for, but {reason} 'provider: auto' takes the best that works.");
            }

            refusals.Add($"{provider.Word()}: {reason}");
        }

        throw new ArgumentException("There is no candidate.", nameof(candidates));
    }
}
