using System.Text.RegularExpressions;

namespace AuStream.Stages.Decoding;

/// <summary>Hides passwords and tokens in addresses, and in a decoder's words about them.</summary>
internal static partial class SecretMask
{
    /// <summary>The text with the password of every URL, and every query value that by its name is a secret, replaced by <c>***</c>.</summary>
    public static string Apply(string text) => QuerySecret().Replace(UserInfo().Replace(text, "$1:***@"), "$1***");

    // Greedy up to the last @ of the word: a password may itself contain @ or /. Hiding too much is harmless.
    [GeneratedRegex(@"(?<=://)([^\s'""/:@]*):[^\s'""]*@", RegexOptions.CultureInvariant)]
    private static partial Regex UserInfo();

    [GeneratedRegex(@"([?&;][^=&;\s]*(?:pass|pwd|token|key|secret|auth|sig|credential)[^=&;\s]*=)[^&;\s'""]*", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex QuerySecret();
}
