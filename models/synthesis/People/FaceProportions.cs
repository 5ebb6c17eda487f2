using System.Numerics;
using AuStream.Synthesis.Assets;
using AuStream.Synthesis.Heads;
using AuStream.Synthesis.Randomness;

namespace AuStream.Synthesis.People;

/// <summary>
/// Gives MakeHuman heads proportions that people have. Left alone their noses lie a tenth, those of its Asian men a third
/// farther below the eyes than people's, and their mouths follow, which networks then expect of everybody. Spreads are those of ICT-FaceKit's heads, whose shapes were
/// measured from people; means are theirs up to .03, chosen so that the attention mesh sees both kinds of heads alike.
/// </summary>
internal static class FaceProportions
{
    /// <summary>Farther than this a target is not driven: beyond, faces break.</summary>
    private const float Reach = 1.4f;

    /// <summary>How far apart the inner corners of the eyes are, over the distance of the outer ones.</summary>
    private static readonly Proportion s_innerEyes = new(0.415f, 0.022f, p => Vector3.Distance(p(39), p(42)), ["eyes/l-eye-size-small", "eyes/r-eye-size-small"], ["eyes/l-eye-size-big", "eyes/r-eye-size-big"]);

    /// <summary>How far below the eyes' outer corners the chin, the corners of the mouth and the base of the nose lie, and how wide the mouth is, over that same distance; in this order, since each moves those after it.</summary>
    private static readonly Proportion[] s_inOrder =
    [
        new(1.31f, 0.064f, p => EyeLine(p) - p(8).Y, ["head/head-scale-vert-more"], ["head/head-scale-vert-less"]),
        new(0.81f, 0.050f, p => EyeLine(p) - ((p(48).Y + p(54).Y) / 2), ["mouth/mouth-trans-down"], ["mouth/mouth-trans-up"]),
        new(0.535f, 0.037f, p => EyeLine(p) - p(33).Y, ["nose/nose-scale-vert-incr", "nose/nose-trans-vert-down"], ["nose/nose-scale-vert-decr", "nose/nose-trans-vert-up"]),
        new(0.589f, 0.032f, p => Vector3.Distance(p(48), p(54)), ["mouth/mouth-scale-horiz-incr"], ["mouth/mouth-scale-horiz-decr"]),
    ];

    /// <summary>Changes an identity so that it has drawn proportions.</summary>
    /// <param name="positions">The identity's vertices, changed.</param>
    /// <param name="random">The person's stream.</param>
    /// <param name="head">The head.</param>
    public static void Apply(Vector3[] positions, RandomStream random, MakeHumanHead head)
    {
        // Long faces are long throughout.
        float length = random.Normal();
        Solve(positions, head, s_innerEyes, s_innerEyes.Draw(random.Normal()));
        foreach (Proportion proportion in s_inOrder)
        {
            float own = random.Normal();
            Solve(positions, head, proportion, proportion.Draw((0.75f * length) + (0.66f * own)));
        }
    }

    private static void Solve(Vector3[] positions, MakeHumanHead head, Proportion proportion, float wanted)
    {
        // Twice, since the distance of the eyes, by which all is divided, may change with the target.
        float driven = 0;
        for (int round = 0; round < 2; round++)
        {
            float now = proportion.Of(positions, head.Rig.Landmarks68);
            string[] targets = wanted > now ? proportion.More : proportion.Less;
            Vector3[] whole = [.. positions];
            Add(whole, head.Package, targets, 1);
            float effect = proportion.Of(whole, head.Rig.Landmarks68) - now;
            float weight = Math.Clamp((wanted - now) / effect, 0, Reach - driven);
            Add(positions, head.Package, targets, weight);
            driven += weight;
        }
    }

    private static void Add(Vector3[] positions, MakeHumanPackage package, string[] targets, float weight)
    {
        foreach (string target in targets)
        {
            package.Target(target).AddTo(positions, weight);
        }
    }

    private static float EyeLine(Func<int, Vector3> point) => (point(36).Y + point(45).Y) / 2;

    private sealed record Proportion(float Mean, float Deviation, Func<Func<int, Vector3>, float> Length, string[] More, string[] Less)
    {
        public float Draw(float normal) => Mean + (Deviation * Math.Clamp(normal, -2.2f, 2.2f));

        public float Of(Vector3[] positions, IReadOnlyList<int> landmarks)
        {
            Vector3 Point(int i) => positions[landmarks[i]];
            return Length(Point) / Vector3.Distance(Point(36), Point(45));
        }
    }
}
