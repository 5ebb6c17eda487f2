using System.Numerics;
using AuStream.Synthesis.ActionUnits;
using AuStream.Synthesis.Cameras;
using AuStream.Synthesis.Occluding;
using AuStream.Synthesis.Pictures;
using AuStream.Synthesis.Randomness;
using AuStream.Synthesis.Scene;
using AuStream.Synthesis.Shading;
using AuStream.Synthesis.Tests.People;
using AuStream.Synthesis.Tests.Shading;

namespace AuStream.Synthesis.Tests.Occluding;

public sealed class HandTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_hand_is_one_closed_body_of_the_size_of_a_hand(int gesture)
    {
        var solid = new HandSolid(new[] { HandGesture.Flat, HandGesture.Fist, HandGesture.Pointing }[gesture], -1, 1, 1);
        (Vector3 low, Vector3 high) = solid.Bounds();
        (Vector3[] positions, int[] triangles) = new SurfaceNet().Mesh(solid, low, high, 0.4f);

        var edges = new Dictionary<(int, int), int>();
        double volume = 0;
        for (int t = 0; t < triangles.Length; t += 3)
        {
            for (int k = 0; k < 3; k++)
            {
                (int from, int to) = (triangles[t + k], triangles[t + ((k + 1) % 3)]);
                edges[(from, to)] = edges.GetValueOrDefault((from, to)) + 1;
            }

            volume += Vector3.Dot(positions[triangles[t]], Vector3.Cross(positions[triangles[t + 1]], positions[triangles[t + 2]])) / 6;
        }

        // Every edge is run through as often one way as the other; outwards is positive. A hand and its wrist take some 300 to 450 ml.
        edges.ShouldAllBe(edge => edges.GetValueOrDefault(new(edge.Key.Item2, edge.Key.Item1)) == edge.Value);
        volume.ShouldBeInRange(260, 480);
    }

    [Fact]
    public void Fingers_of_a_flat_hand_reach_as_far_as_fingers_do_and_those_of_a_fist_do_not()
    {
        var flat = new HandSolid(HandGesture.Flat, 1, 1, 1);
        var fist = new HandSolid(HandGesture.Fist, 1, 1, 1);
        flat.Tip(1).Y.ShouldBeInRange(16.5f, 20);
        fist.Tip(1).Y.ShouldBeLessThan(11);
        fist.Tip(1).Z.ShouldBeLessThan(-1.5f, "a fist closes towards the palm");
        flat.Tip(4).X.ShouldBeGreaterThan(3, "the left hand's thumb lies towards x");
    }

    [Fact]
    public void A_hand_over_the_mouth_hides_the_mouth_and_leaves_the_eyes()
    {
        PosedHead head = Person();
        IEnumerable<ScenePart> hand = new Hand(new RandomStream(3), new Vector3(0.5f))
            .Make(HandGesture.Flat, -1, solid => new Vector3(0, 11.5f, -0.9f) * solid.Size, head.Points68[55..60].Aggregate((a, b) => a + b) / 5, new Vector3(1, 0.1f, 0), Vector3.UnitZ, new FaceRelief(head));
        bool[] visible = Look(head, hand);
        visible[48..68].Count(isVisible => isVisible).ShouldBeLessThan(4);
        visible[36..48].ShouldAllBe(isVisible => isVisible);
        Look(head, [])[48..60].Count(isVisible => isVisible).ShouldBeGreaterThan(10, "the hand did it");
    }

    [Fact]
    public void A_hand_rests_on_the_face_and_is_not_within_it()
    {
        PosedHead head = Person();
        var relief = new FaceRelief(head);
        for (int seed = 0; seed < 6; seed++)
        {
            ScenePart skin = new Hand(new RandomStream((ulong)seed), new Vector3(0.5f))
                .Make(HandGesture.Flat, 1, solid => new Vector3(0, 11.5f, -0.9f) * solid.Size, head.Points68[62], new Vector3(-1, 0.3f, 0), Vector3.UnitZ, relief).First();
            Vector3[] onFace = [.. skin.Positions.Where(p => MathF.Abs(p.X) < 5 && p.Y > -9)];
            float[] gaps = [.. onFace.Select(p => p.Z - relief.At(p.X, p.Y)!.Value.Z)];
            gaps.Min().ShouldBeInRange(-1.6f, 0.8f, "it touches");
            gaps.Average().ShouldBeGreaterThan(0);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_occluders()
    {
        PosedHead head = Person();
        for (ulong seed = 0; seed < 12; seed++)
        {
            IReadOnlyList<ScenePart> first = OccluderSampler.Draw(new RandomStream(seed), new Vector3(0.4f), head);
            IReadOnlyList<ScenePart> second = OccluderSampler.Draw(new RandomStream(seed), new Vector3(0.4f), head);
            first.Count.ShouldBe(second.Count);
            first.Zip(second).ShouldAllBe(pair => pair.First.Positions.SequenceEqual(pair.Second.Positions) && pair.First.Material.IsOccluder);
        }
    }

    private static PosedHead Person() =>
        AuStream.Synthesis.People.Person.Create(5, LoadedAssets.RequireMakeHumanOnly(), new AuStream.Synthesis.People.PersonOptions { RestingSpread = 0.3f, HeadwearShare = 0, GlassesShare = 0 }).Pose(Expression.Neutral());

    private static bool[] Look(PosedHead head, IEnumerable<ScenePart> things)
    {
        const int Side = 128;
        var camera = new PinholeCamera(Side, Side, 400, Side / 2f, Side / 2f);
        Matrix4x4 toCamera = Matrix4x4.CreateTranslation(0, 3, -80);
        var renderer = new Renderer();
        renderer.Render([.. head.Parts.Concat(things).Select(part => SceneItem.FromMaterial(part, toCamera))], camera, TestScene.Light(Vector3.UnitZ), new LinearImage(Side, Side));
        return Array.ConvertAll(head.Points68, point => renderer.IsVisible(Vector3.Transform(point, toCamera), camera, 1));
    }
}
