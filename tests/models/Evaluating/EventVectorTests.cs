using System.Text.Json;
using AuStream.Models.Evaluating;
using AuStream.Testing;

namespace AuStream.Models.Tests.Evaluating;

/// <summary>The metrics on events against the file that the training code tests against too.</summary>
public sealed class EventVectorTests
{
    private static readonly JsonElement s_cases = JsonDocument.Parse(File.ReadAllText(
        Path.Combine(SharedMedia.RepositoryRoot, "tests", "shared-vectors", "events.json"))).RootElement.GetProperty("cases");

    public static TheoryData<int, string> Cases =>
        [.. s_cases.EnumerateArray().Select((one, index) => (index, one.GetProperty("about").GetString()!))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_metric_agrees_with_the_vectors_shared_with_the_training_code(int index, string about)
    {
        JsonElement one = s_cases[index];
        one.GetProperty("about").GetString().ShouldBe(about);
        bool[] labels = Presence(one.GetProperty("labels"));
        bool[] predictions = Presence(one.GetProperty("predictions"));
        int[] sequences = [.. one.GetProperty("sequences").EnumerateArray().Select(number => number.GetInt32())];

        ConfusionCounts frames = ConfusionCounts.Of(labels, predictions);
        JsonElement frame = one.GetProperty("frame");
        ShouldBe(frames.Precision, frame.GetProperty("precision"));
        ShouldBe(frames.Recall, frame.GetProperty("recall"));
        ShouldBe(F1Frame.Of(frames), frame.GetProperty("f1"));
        foreach (JsonElement expected in one.GetProperty("events").EnumerateArray())
        {
            EventAgreement agreement = F1Event.Agreement(labels, predictions, sequences, expected.GetProperty("overlap").GetDouble());
            ShouldBe(agreement.Precision, expected.GetProperty("precision"));
            ShouldBe(agreement.Recall, expected.GetProperty("recall"));
            ShouldBe(agreement.F1, expected.GetProperty("f1"));
        }

        ShouldBe(F1Event.AreaUnderCurve(labels, predictions, sequences), one.GetProperty("f1_event_area"));
    }

    private static bool[] Presence(JsonElement frames) => [.. frames.EnumerateArray().Select(frame => frame.GetInt32() == 1)];

    private static void ShouldBe(double value, JsonElement expected)
    {
        if (expected.ValueKind == JsonValueKind.Null)
        {
            value.ShouldBe(double.NaN);
        }
        else
        {
            value.ShouldBe(expected.GetDouble(), 1e-12);
        }
    }
}
