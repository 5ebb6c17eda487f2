using System.Globalization;

namespace AuStream.Pipeline.Evaluating.Datasets;

/// <summary>The pictures and videos below a folder, found by name wherever they lie: people unpack datasets in their own ways.</summary>
internal sealed class MediaIndex
{
    private static readonly string[] s_pictures = [".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff", ".ppm", ".pgm"];
    private static readonly string[] s_videos = [".mp4", ".avi", ".mov", ".mkv", ".wmv", ".mpg", ".mpeg", ".webm", ".m4v"];

    private readonly Dictionary<string, string> _videos = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<string>> _folders = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _pictures = new(StringComparer.OrdinalIgnoreCase);

    private MediaIndex()
    {
    }

    /// <summary>True when there is nothing.</summary>
    public bool IsEmpty => _videos.Count == 0 && _pictures.Count == 0;

    /// <summary>Video files, in ordinal order of their names without ending.</summary>
    public IEnumerable<string> VideoNames => _videos.Keys.Order(StringComparer.OrdinalIgnoreCase);

    /// <summary>Looks through a folder and all its subfolders. Of two files of one name the first in ordinal order counts.</summary>
    public static MediaIndex Scan(string root)
    {
        MediaIndex index = new();
        EnumerationOptions all = new() { RecurseSubdirectories = true, IgnoreInaccessible = true };
        foreach (string path in Directory.EnumerateFiles(root, "*", all).Order(StringComparer.Ordinal))
        {
            string ending = Path.GetExtension(path).ToLowerInvariant();
            if (s_videos.Contains(ending))
            {
                index._videos.TryAdd(Path.GetFileNameWithoutExtension(path), path);
            }
            else if (IsPicture(path))
            {
                index._pictures.TryAdd(Path.GetFileName(path), path);
                string key = FolderKey(Path.GetDirectoryName(path)!);
                if (!index._folders.TryGetValue(key, out List<string>? pictures))
                {
                    index._folders.Add(key, pictures = []);
                }

                pictures.Add(path);
            }
        }

        return index;
    }

    /// <summary>True for a file with the ending of a picture.</summary>
    public static bool IsPicture(string path) => s_pictures.Contains(Path.GetExtension(path).ToLowerInvariant());

    /// <summary>A video by its name without ending; null when there is none.</summary>
    public string? Video(string name) => _videos.GetValueOrDefault(name);

    /// <summary>A picture by its name with ending; null when there is none.</summary>
    public string? Picture(string name) => _pictures.GetValueOrDefault(name);

    /// <summary>The pictures of a folder named by its last two parts, e.g. <c>F001/T1</c>, in ordinal order.</summary>
    public IReadOnlyList<string> PicturesIn(string folder) => _folders.GetValueOrDefault(folder) ?? [];

    /// <summary>The pictures of such a folder by the number that their name ends with.</summary>
    public Dictionary<int, string> NumberedPicturesIn(string folder)
    {
        Dictionary<int, string> numbered = [];
        foreach (string path in PicturesIn(folder))
        {
            string name = Path.GetFileNameWithoutExtension(path);
            int start = name.Length;
            while (start > 0 && char.IsAsciiDigit(name[start - 1]))
            {
                start--;
            }

            if (int.TryParse(name.AsSpan(start), NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            {
                numbered.TryAdd(number, path);
            }
        }

        return numbered;
    }

    private static string FolderKey(string folder) => $"{Path.GetFileName(Path.GetDirectoryName(folder) ?? "")}/{Path.GetFileName(folder)}";
}
