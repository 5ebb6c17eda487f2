namespace AuStream.Pipeline.Evaluating.Datasets;

/// <summary>
/// EmotioNet challenge (Benitez-Quiroz et al. 2016): text files of tab-separated lines <c>URL, original URL, AU1 … AU60</c> with codes 0, 1 and 999
/// (not labelled). The picture is the one below the root that has the URL's file name.
/// </summary>
/// <remarks>Nobody is named, so that every picture counts as a person of its own.</remarks>
internal sealed class EmotioNetReader : IDatasetReader
{
    private const int UrlColumns = 2;
    private const int Missing = 999;
    private const int PicturesPerItem = 500;

    private static readonly int[] s_protocol = [1, 2, 4, 5, 6, 9, 12, 17, 20, 25, 26];

    public string Id => "emotionet";

    public IReadOnlyList<string> Protocols => ["11-aus"];

    public LabeledSet Read(DatasetRequest request)
    {
        ActionUnitChoice.RefuseLevel(request, "EmotioNet codes occurrence");
        IReadOnlyList<int> units = ActionUnitChoice.Of(request, s_protocol, [.. Enumerable.Range(1, 60)]);
        string[] files = [.. Directory.EnumerateFiles(request.Root, "*.txt", new EnumerationOptions { RecurseSubdirectories = true })
            .Where(HasUrls).Order(StringComparer.Ordinal)];
        if (files.Length == 0)
        {
            throw new DatasetException($"{request.Root} has no text file whose lines begin with a URL and have a code for each of 60 action units. Put the challenge's label files (dataFile_0001.txt) there.");
        }

        MediaIndex media = MediaIndex.Scan(request.Root);
        List<LabeledItem> items = [];
        List<string> notes = [];
        foreach (string path in files)
        {
            items.AddRange(ReadFile(path, Path.GetRelativePath(request.Root, path), units, media, notes));
        }

        return items.Count == 0
            ? throw new DatasetException($"None of the pictures that {files[0]} names lies below {request.Root}. Download them there; their names are the URLs' last parts.")
            : new LabeledSet
            {
                Dataset = Id, Protocol = request.Protocol!, PresenceRule = "code 1; 999 is not labelled", ActionUnits = units, Items = items, Notes = notes,
            };
    }

    private static IEnumerable<LabeledItem> ReadFile(string path, string name, IReadOnlyList<int> units, MediaIndex media, List<string> notes)
    {
        List<(string Picture, sbyte[] Codes)> rows = [];
        int absent = 0;
        foreach (LabelRow row in LabelFile.Read(path, '\t'))
        {
            if (row.Line == 1 && !IsUrl(row.Cells[0]))
            {
                continue;
            }

            if (media.Picture(NameOf(row.Cells[0].Trim('\''))) is not { } picture)
            {
                absent++;
                continue;
            }

            rows.Add((picture, [.. units.Select(unit => Code(row, UrlColumns + unit - 1))]));
        }

        if (absent > 0)
        {
            notes.Add($"{name}: {absent} labelled pictures are not there");
        }

        return rows.Chunk(PicturesPerItem).Select((chunk, number) => new LabeledItem
        {
            Name = $"{Path.ChangeExtension(name, null)}/{number + 1}",
            Kind = MediaKind.Pictures,
            Source = Path.GetDirectoryName(path)!,
            Pictures = [.. chunk.Select(row => row.Picture)],
            Frames = [.. Enumerable.Range(0, chunk.Length)],
            Subjects = [.. chunk.Select(row => row.Picture)],
            Presence = [.. chunk.SelectMany(row => row.Codes)],
        });
    }

    private static sbyte Code(LabelRow row, int column) => row.Integer(column, "a code") switch
    {
        0 => 0,
        1 => 1,
        Missing => LabeledItem.Unlabeled,
        int other => throw row.Fault($"column {column + 1} has the code {other}; known are 0, 1 and 999. Restore the file from the dataset."),
    };

    private static bool HasUrls(string path)
    {
        string[][] rows = [.. File.ReadLines(path).Where(line => line.Length > 0).Take(2).Select(line => line.Split('\t'))];
        return rows.Any(cells => IsUrl(cells[0]) && cells.Length >= UrlColumns + 60);
    }

    private static bool IsUrl(string cell) => cell.Contains("://", StringComparison.Ordinal);

    private static string NameOf(string url) => url[(url.LastIndexOf('/') + 1)..];
}
