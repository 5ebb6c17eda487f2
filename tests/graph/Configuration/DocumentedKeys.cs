using System.Text.RegularExpressions;
using AuStream.Testing;

namespace AuStream.Graph.Tests.Configuration;

/// <summary>What <c>edge-config/example.yaml</c> says about each key: the comment lines above it.</summary>
internal static partial class DocumentedKeys
{
    public static string Folder { get; } = Path.Combine(SharedMedia.RepositoryRoot, "edge-config");

    public static string ExamplePath { get; } = Path.Combine(Folder, "example.yaml");

    /// <summary>Comments by path, e.g. <c>broker.host</c>, <c>streams.id</c>.</summary>
    public static Dictionary<string, string> Read()
    {
        Dictionary<string, string> comments = [];
        List<string> pending = [];
        Stack<(int Indent, string Key)> parents = new();
        foreach (string line in File.ReadLines(ExamplePath))
        {
            if (line.TrimStart().StartsWith('#'))
            {
                pending.Add(line.TrimStart().TrimStart('#').Trim());
            }
            else if (Key().Match(line) is { Success: true } match)
            {
                int indent = match.Groups["indent"].Length;
                while (parents.Count > 0 && parents.Peek().Indent >= indent)
                {
                    parents.Pop();
                }

                string path = string.Join('.', parents.Reverse().Select(parent => parent.Key).Append(match.Groups["key"].Value));
                comments.Add(path, string.Join(' ', pending));
                pending.Clear();
                parents.Push((indent, match.Groups["key"].Value));
            }
            else
            {
                pending.Clear();
            }
        }

        return comments;
    }

    [GeneratedRegex("^(?<indent>[ -]*)(?<key>[a-z_]+):")]
    private static partial Regex Key();
}
