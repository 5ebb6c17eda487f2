namespace AuStream.Testing;

/// <summary>
/// Finds the unpacked MediaPipe packages that <c>eng/setup</c> fetches: below <c>AUSTREAM_MEDIAPIPE</c>, or below <c>austream/npm</c>
/// in the user's cache, each as <c>NAME-VERSION/package</c> with the name's slash replaced by a dash.
/// </summary>
public static class MediaPipePackages
{
    /// <summary>Folder of <c>@mediapipe/face_detection</c>; skips the calling test when it is missing.</summary>
    public static string RequireDetection() => Require("mediapipe-face_detection-0.4.1657300184");

    /// <summary>Folder of <c>@mediapipe/face_mesh</c>; skips the calling test when it is missing.</summary>
    public static string RequireMesh() => Require("mediapipe-face_mesh-0.4.1657299874");

    private static string Require(string folder)
    {
        string? configured = Environment.GetEnvironmentVariable("AUSTREAM_MEDIAPIPE");
        string? cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        if (string.IsNullOrEmpty(cache))
        {
            cache = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        }

        string root = string.IsNullOrEmpty(configured) ? Path.Combine(cache, "austream", "npm") : configured;
        string path = Path.Combine(root, folder, "package");
        if (!Directory.Exists(path))
        {
            Assert.Skip($"needs the npm package {folder}, unpacked to {path}: eng/setup fetches it");
        }

        return path;
    }
}
