using System.Text.Json;
using AuStream.Pipeline.Evaluating.Datasets;

namespace AuStream.Pipeline.Evaluating.Scoring;

/// <summary>The papers' own numbers, to stand beside ours.</summary>
internal static class PublishedResults
{
    private static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private static readonly Lazy<PublishedResult[]> s_all = new(ReadAll);

    /// <summary>Everything that is known.</summary>
    public static IReadOnlyList<PublishedResult> All => s_all.Value;

    /// <summary>What is known about a dataset and a protocol.</summary>
    public static IReadOnlyList<PublishedResult> For(LabeledSet set) =>
        [.. All.Where(one => one.Dataset == set.Dataset && (one.Protocol is null || one.Protocol == set.Protocol))];

    private static PublishedResult[] ReadAll()
    {
        using Stream stream = typeof(PublishedResults).Assembly.GetManifestResourceStream("published-results.json")
            ?? throw new InvalidOperationException("The program was built without published-results.json.");
        return JsonSerializer.Deserialize<PublishedResult[]>(stream, s_json)!;
    }
}
