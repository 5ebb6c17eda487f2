using System.Text.RegularExpressions;
using AuStream.Testing;

namespace AuStream.EndToEnd.Tests.Launching;

/// <summary>Licences must not be discovered too late: whatever is fetched is named in NOTICE.</summary>
public class NoticeTests
{
    [Fact]
    public void NOTICE_names_every_NuGet_npm_and_Debian_package_that_is_used()
    {
        string root = SharedMedia.RepositoryRoot;
        string notice = File.ReadAllText(Path.Combine(root, "NOTICE"));
        string[] projects = [.. Directory.EnumerateFiles(root, "*.csproj", SearchOption.AllDirectories)
            .Where(path => !Path.GetRelativePath(root, path).StartsWith("artifacts", StringComparison.Ordinal))];
        string[] packages =
        [
            .. projects.SelectMany(path => Names(File.ReadAllText(path), """<PackageReference Include="([^"]+)" """.TrimEnd())),
            .. Names(File.ReadAllText(Path.Combine(root, "eng/npm-packages.lock")), @"^package: (\S+)$"),
            .. Names(File.ReadAllText(Path.Combine(root, "eng/setup/debian.sh")), @"^\S+ +(\S+) +(?:program|library|python):"),
        ];

        packages.Length.ShouldBeGreaterThan(20);
        packages.Where(package => !notice.Contains(package, StringComparison.Ordinal)).Distinct().ShouldBeEmpty();
    }

    private static IEnumerable<string> Names(string text, string pattern) =>
        Regex.Matches(text, pattern, RegexOptions.Multiline).Select(match => match.Groups[1].Value);
}
