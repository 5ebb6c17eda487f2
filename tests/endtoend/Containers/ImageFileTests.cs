using System.Text.RegularExpressions;

namespace AuStream.EndToEnd.Tests.Containers;

/// <summary>Mistakes in the Dockerfiles that can be found without building them. <c>eng/testing/containers.sh</c> builds one.</summary>
public partial class ImageFileTests
{
    public static TheoryData<string> Files { get; } = ["Dockerfile.x64", "Dockerfile.jetson"];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_stage_starts_from_an_argument_or_an_earlier_stage(string file)
    {
        ImageFile image = ImageFile.Read(ShellCommand.PathOf(file));
        HashSet<string> known = [.. image.GlobalArguments.Select(name => $"${{{name}}}")];
        foreach ((string name, string origin, _) in image.Stages())
        {
            known.ShouldContain(origin, $"{file}: {name}");
            known.Add(name);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void What_is_copied_exists_and_is_not_ignored(string file)
    {
        string[] ignored = File.ReadAllLines(ShellCommand.PathOf(".dockerignore"));
        HashSet<string> earlier = [];
        int copied = 0;
        foreach ((string name, _, IReadOnlyList<(string Keyword, string Arguments)> instructions) in ImageFile.Read(ShellCommand.PathOf(file)).Stages())
        {
            foreach (string arguments in instructions.Where(instruction => instruction.Keyword == "COPY").Select(instruction => instruction.Arguments))
            {
                string[] words = arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (words[0].StartsWith("--from=", StringComparison.Ordinal))
                {
                    earlier.ShouldContain(words[0]["--from=".Length..], $"{file}: {arguments}");
                    continue;
                }

                foreach (string source in words[..^1])
                {
                    Path.Exists(ShellCommand.PathOf(source)).ShouldBeTrue($"{file}: {source}");
                    ignored.ShouldNotContain(source.Split('/')[0]);
                    copied++;
                }
            }

            earlier.Add(name);
        }

        copied.ShouldBeGreaterThan(3);
    }

    [Fact]
    public void What_projects_take_from_elsewhere_is_not_ignored()
    {
        string[] lines = File.ReadAllLines(ShellCommand.PathOf(".dockerignore"));
        string[] kept = [.. lines.Where(line => line.StartsWith('!')).Select(line => line[1..] + "/")];
        string[] ignored = [.. lines.Where(line => line.Length > 0 && !"!#*".Contains(line[0])).Select(line => line.TrimEnd('*', '/') + "/")];
        string[] projects = [.. ((string[])["pipeline", "stages", "models"]).SelectMany(folder =>
            Directory.EnumerateFiles(ShellCommand.PathOf(folder), "*.csproj", SearchOption.AllDirectories))];

        string[] taken = [.. projects.SelectMany(project => Includes().Matches(File.ReadAllText(project)).Select(match =>
            Path.GetRelativePath(ShellCommand.PathOf(""), Path.GetFullPath(match.Groups[1].Value, Path.GetDirectoryName(project)!))))];

        taken.ShouldContain("docs/schemas/austream.proto");
        taken.Where(path => ignored.Any(folder => path.StartsWith(folder, StringComparison.Ordinal))
            && !kept.Any(folder => path.StartsWith(folder, StringComparison.Ordinal))).ShouldBeEmpty();
    }

    [GeneratedRegex("Include=\"(\\.\\./[^\";]+)")]
    private static partial Regex Includes();

    [Theory]
    [MemberData(nameof(Files))]
    public void Final_images_run_as_an_ordinary_user_with_a_health_check(string file)
    {
        (string Name, string Base, IReadOnlyList<(string Keyword, string Arguments)> Instructions)[] final =
            [.. ImageFile.Read(ShellCommand.PathOf(file)).Stages().Where(stage => stage.Instructions.Any(instruction => instruction.Keyword == "ENTRYPOINT"))];

        final.ShouldNotBeEmpty();
        foreach ((string name, _, IReadOnlyList<(string Keyword, string Arguments)> instructions) in final)
        {
            instructions.ShouldContain(("USER", "10001:10001"), name);
            instructions.ShouldContain(("VOLUME", """["/var/cache/austream", "/var/lib/austream"]"""), name);
            instructions.Count(instruction => instruction.Keyword == "HEALTHCHECK").ShouldBe(1, name);
        }
    }
}
