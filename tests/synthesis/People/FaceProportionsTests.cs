using System.Numerics;
using AuStream.Synthesis.ActionUnits;
using AuStream.Synthesis.People;

namespace AuStream.Synthesis.Tests.People;

public class FaceProportionsTests
{
    /// <summary>Inner eyes, chin, corners of the mouth, base of the nose, width of the mouth, over the distance of the outer eye corners: what the labels of ICT-FaceKit's heads are.</summary>
    private static readonly float[] s_ofMeasuredPeople = [0.39f, 1.28f, 0.76f, 0.515f, 0.54f];

    [Fact]
    public void MakeHuman_heads_have_the_proportions_of_measured_people()
    {
        float[] own = Means(hasMeasuredProportions: false);
        float[] given = Means(hasMeasuredProportions: true);

        for (int i = 0; i < given.Length; i++)
        {
            given[i].ShouldBe(s_ofMeasuredPeople[i], 0.035f, $"proportion {i}");
        }

        // Noses and mouths of MakeHuman lie too low.
        own[3].ShouldBeGreaterThan(given[3] + 0.03f);
        own[2].ShouldBeGreaterThan(given[2] + 0.02f);
    }

    [Fact]
    public void Faces_stay_whole()
    {
        for (ulong seed = 0; seed < 40; seed++)
        {
            Vector3[] points = Create(seed, true).Pose(Expression.Neutral()).Points68;

            // From the eyes down: base of the nose, upper lip, lower lip, chin; nothing overtakes anything.
            float[] heights = [(points[39].Y + points[42].Y) / 2, points[33].Y, points[51].Y, points[57].Y, points[8].Y];
            heights.Zip(heights.Skip(1)).ShouldAllBe(pair => pair.First > pair.Second, $"person {seed}");
            (heights[1] - heights[2]).ShouldBeGreaterThan(0.3f, $"upper lip of person {seed}");
            (heights[3] - heights[4]).ShouldBeGreaterThan(1.2f, $"chin of person {seed}");
        }
    }

    private static float[] Means(bool hasMeasuredProportions)
    {
        const int People = 60;
        var sums = new float[s_ofMeasuredPeople.Length];
        for (ulong seed = 0; seed < People; seed++)
        {
            Vector3[] points = Create(seed, hasMeasuredProportions).Pose(Expression.Neutral()).Points68;
            float eyes = Vector3.Distance(points[36], points[45]);
            float line = (points[36].Y + points[45].Y) / 2;
            float[] measured =
            [
                Vector3.Distance(points[39], points[42]) / eyes, (line - points[8].Y) / eyes, (line - ((points[48].Y + points[54].Y) / 2)) / eyes,
                (line - points[33].Y) / eyes, Vector3.Distance(points[48], points[54]) / eyes,
            ];
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] += measured[i] / People;
            }
        }

        return sums;
    }

    private static Person Create(ulong seed, bool hasMeasuredProportions) => Person.Create(
        seed, LoadedAssets.RequireMakeHumanOnly(), new PersonOptions { Source = HeadSource.MakeHuman, RestingSpread = 0, HasMeasuredProportions = hasMeasuredProportions });
}
