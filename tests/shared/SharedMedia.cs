namespace AuStream.Testing;

/// <summary>Finds the pictures of real people that lie beside the checkout in <c>../shared/media</c>. They are development
/// data, never committed; a test that needs them skips where they are missing.</summary>
public static class SharedMedia
{
    /// <summary>The checkout's root: the nearest parent folder that holds <c>AuStream.sln</c>.</summary>
    public static string RepositoryRoot { get; } = FindRepositoryRoot();

    /// <summary>The shared folder: <c>AUSTREAM_SHARED</c>, or <c>shared</c> in the checkout's parent or that parent's parent.</summary>
    public static string? SharedFolder { get; } = FindSharedFolder();

    /// <summary>Path of a file or folder below <c>shared/</c>; skips the calling test, naming what is missing, when it is not there.</summary>
    public static string Require(string relativePath)
    {
        string? path = SharedFolder is null ? null : Path.Combine(SharedFolder, relativePath);
        if (path is null || (!File.Exists(path) && !Directory.Exists(path)))
        {
            Assert.Skip($"needs ../shared/{relativePath}, which is not beside this checkout");
        }

        return path!;
    }

    private static string FindRepositoryRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AuStream.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No AuStream.sln above {AppContext.BaseDirectory}: run the tests from a checkout.");
    }

    private static string? FindSharedFolder()
    {
        string? configured = Environment.GetEnvironmentVariable("AUSTREAM_SHARED");
        string parent = Path.GetFullPath(Path.Combine(RepositoryRoot, ".."));
        string[] candidates = configured is not null
            ? [configured]
            : [Path.Combine(parent, "shared"), Path.Combine(parent, "..", "shared")];
        return candidates.Select(Path.GetFullPath).FirstOrDefault(Directory.Exists);
    }
}
