namespace AuStream.Pipeline.Evaluating.Datasets;

/// <summary>Finds the pictures of the same person in two folders.</summary>
internal static class PicturePairs
{
    /// <summary>Two items, neutral and expressive, row by row the same person. Names match when they are equal but for their ending; where no name
    /// does, when the digits that they begin with are (<c>001_03.jpg</c> and <c>001_07.jpg</c>).</summary>
    /// <exception cref="DatasetException">A folder is missing, or there is no pair.</exception>
    public static LabeledSet Find(string neutralFolder, string expressiveFolder)
    {
        string[] neutral = PicturesIn(neutralFolder, "--neutral");
        string[] expressive = PicturesIn(expressiveFolder, "--expressive");
        List<string> notes = [];
        List<(string Person, string Neutral, string Expressive)> pairs = Join(neutral, expressive, path => Path.GetFileNameWithoutExtension(path), notes);
        if (pairs.Count == 0)
        {
            notes.Clear();
            pairs = Join(neutral, expressive, LeadingDigits, notes);
        }

        return pairs.Count == 0
            ? throw new DatasetException($"{neutralFolder} and {expressiveFolder} have no person in common: pictures of a person need the same name in both, or names that begin with the same number.")
            : new LabeledSet
            {
                Dataset = PairedComparison.Id,
                Protocol = "all",
                PresenceRule = "",
                ActionUnits = [],
                Items = [CreateItem("neutral", neutralFolder, pairs, pair => pair.Neutral), CreateItem("expressive", expressiveFolder, pairs, pair => pair.Expressive) with { References = [.. pairs.Select(pair => pair.Neutral)] }],
                Notes = notes,
            };
    }

    private static List<(string Person, string Neutral, string Expressive)> Join(string[] neutral, string[] expressive, Func<string, string> personOf, List<string> notes)
    {
        ILookup<string, string> first = neutral.Where(path => personOf(path).Length > 0).ToLookup(personOf, StringComparer.OrdinalIgnoreCase);
        ILookup<string, string> second = expressive.Where(path => personOf(path).Length > 0).ToLookup(personOf, StringComparer.OrdinalIgnoreCase);
        List<(string, string, string)> pairs = [];
        foreach (IGrouping<string, string> person in first)
        {
            string[] others = [.. second[person.Key]];
            if (person.Count() == 1 && others.Length == 1)
            {
                pairs.Add((person.Key, person.First(), others[0]));
            }
            else
            {
                notes.Add($"{person.Key}: {person.Count()} neutral and {others.Length} expressive pictures; left out");
            }
        }

        notes.AddRange(second.Where(person => !first.Contains(person.Key)).Select(person => $"{person.Key}: no neutral picture; left out"));
        return pairs;
    }

    private static LabeledItem CreateItem(
        string name, string folder, List<(string Person, string Neutral, string Expressive)> pairs, Func<(string Person, string Neutral, string Expressive), string> pick) => new()
    {
        Name = name,
        Kind = MediaKind.Pictures,
        Source = folder,
        Pictures = [.. pairs.Select(pick)],
        Frames = [.. Enumerable.Range(0, pairs.Count)],
        Subjects = [.. pairs.Select(pair => pair.Person)],
        Presence = [],
    };

    private static string[] PicturesIn(string folder, string option)
    {
        if (!Directory.Exists(folder))
        {
            throw new DatasetException($"{option} {folder}: there is no such folder. Name a folder of pictures, one per person.");
        }

        string[] pictures = [.. Directory.EnumerateFiles(folder).Where(MediaIndex.IsPicture).Order(StringComparer.Ordinal)];
        return pictures.Length > 0 ? pictures : throw new DatasetException($"{option} {folder} holds no pictures (.jpg, .png, …). Name a folder of pictures, one per person.");
    }

    private static string LeadingDigits(string path) => string.Concat(Path.GetFileName(path).TakeWhile(char.IsAsciiDigit));
}
