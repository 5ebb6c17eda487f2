namespace AuStream.Pipeline.Evaluating.Datasets;

/// <summary>Splits of people into folds, so that nobody is in two.</summary>
internal static class SubjectFolds
{
    /// <summary>The subjects in ordinal order, dealt out one by one: the same people give the same folds everywhere.</summary>
    public static Dictionary<string, int> Deal(IEnumerable<string> subjects, int folds)
    {
        string[] ordered = [.. subjects.Distinct().Order(StringComparer.Ordinal)];
        return ordered.Length >= folds
            ? ordered.Select((subject, index) => (subject, index)).ToDictionary(pair => pair.subject, pair => (pair.index % folds) + 1)
            : throw new DatasetException($"{folds} folds need {folds} people, there are {ordered.Length}. Choose --protocol all, or check that --root is the whole dataset.");
    }

    /// <summary>Published folds.</summary>
    /// <exception cref="DatasetException">They do not name somebody.</exception>
    public static Dictionary<string, int> Published(IEnumerable<string> subjects, IReadOnlyList<string[]> folds)
    {
        Dictionary<string, int> known = folds.SelectMany((names, fold) => names.Select(name => (name, fold + 1))).ToDictionary(pair => pair.name, pair => pair.Item2);
        string[] ordered = [.. subjects.Distinct().Order(StringComparer.Ordinal)];
        string? stranger = ordered.FirstOrDefault(name => !known.ContainsKey(name));
        return stranger is null
            ? ordered.ToDictionary(name => name, name => known[name])
            : throw new DatasetException($"The published folds do not name the person {stranger}. Choose --protocol 10-fold or all, or take what is not part of the dataset out of --root.");
    }

    /// <summary>The folds that a protocol such as <c>3-fold</c> asks for; none for any other.</summary>
    /// <param name="protocol">Id of the protocol.</param>
    /// <param name="subjects">Everybody in the data.</param>
    /// <param name="threeFolds">Published lists for three folds; null deals.</param>
    public static Dictionary<string, int> For(string protocol, IEnumerable<string> subjects, IReadOnlyList<string[]>? threeFolds = null) => protocol switch
    {
        "3-fold" when threeFolds is not null => Published(subjects, threeFolds),
        "3-fold" => Deal(subjects, 3),
        "10-fold" => Deal(subjects, 10),
        _ => [],
    };
}
