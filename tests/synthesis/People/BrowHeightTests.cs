using System.Numerics;
using AuStream.Synthesis.ActionUnits;
using AuStream.Synthesis.People;

namespace AuStream.Synthesis.Tests.People;

/// <summary>
/// Resting brows must lie where people's do: with ICT's a twentieth of the eyes' distance higher, as they were, raised brows of real people looked to a network
/// like brows at rest.
/// </summary>
public class BrowHeightTests
{
    private const int People = 40;

    [Fact]
    public void Both_kinds_of_heads_have_brows_at_one_height()
    {
        (float mean, float deviation) ict = Heights(HeadSource.Ict);
        (float mean, float deviation) makeHuman = Heights(HeadSource.MakeHuman);

        ict.mean.ShouldBe(makeHuman.mean, 0.02f);
        ict.deviation.ShouldBe(makeHuman.deviation, 0.012f);
    }

    /// <summary>Of the middle of the hair above the line of the eyes, over the distance of the outer eye corners, of people at rest.</summary>
    private static (float Mean, float Deviation) Heights(HeadSource source)
    {
        var heights = new float[People];
        for (int i = 0; i < People; i++)
        {
            Vector3[] points = Create((ulong)i, source).Pose(Expression.Neutral()).Points68;
            float line = (points[36].Y + points[39].Y + points[42].Y + points[45].Y) / 4;
            heights[i] = (points[17..27].Average(point => point.Y) - line) / Vector3.Distance(points[36], points[45]);
        }

        float mean = heights.Average();
        return (mean, MathF.Sqrt(heights.Average(height => (height - mean) * (height - mean))));
    }

    private static Person Create(ulong seed, HeadSource source) => Person.Create(seed, LoadedAssets.RequireBoth(), new PersonOptions { Source = source });
}
