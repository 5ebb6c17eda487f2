using System.Text.RegularExpressions;

namespace AuStream.EndToEnd.Tests.Containers;

/// <summary>A Dockerfile as a list of instructions, with continued lines joined and comments left out.</summary>
internal sealed partial class ImageFile
{
    private ImageFile(IReadOnlyList<(string Keyword, string Arguments)> instructions) => Instructions = instructions;

    public IReadOnlyList<(string Keyword, string Arguments)> Instructions { get; }

    /// <summary>Build arguments that are declared before the first stage.</summary>
    public IEnumerable<string> GlobalArguments =>
        Instructions.TakeWhile(instruction => instruction.Keyword != "FROM").Select(instruction => instruction.Arguments.Split('=')[0]);

    public static ImageFile Read(string path)
    {
        IEnumerable<string> lines = File.ReadAllText(path).Replace("\\\n", " ", StringComparison.Ordinal).Split('\n');
        return new ImageFile([.. lines.Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(' ', 2)).Select(parts => (parts[0], parts[1].Trim()))]);
    }

    /// <summary>Instructions by stage, in the file's order.</summary>
    public IEnumerable<(string Name, string Base, IReadOnlyList<(string Keyword, string Arguments)> Instructions)> Stages()
    {
        int[] starts = [.. Enumerable.Range(0, Instructions.Count).Where(i => Instructions[i].Keyword == "FROM")];
        foreach ((int index, int start) in starts.Index())
        {
            int end = index + 1 < starts.Length ? starts[index + 1] : Instructions.Count;
            Match from = StageStart().Match(Instructions[start].Arguments);
            from.Success.ShouldBeTrue(Instructions[start].Arguments);
            yield return (from.Groups["name"].Value, from.Groups["base"].Value, [.. Instructions.Skip(start + 1).Take(end - start - 1)]);
        }
    }

    [GeneratedRegex(@"^(--platform=\S+ )?(?<base>\S+) AS (?<name>[a-z-]+)$")]
    private static partial Regex StageStart();
}
