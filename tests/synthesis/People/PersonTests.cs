using System.Numerics;
using AuStream.Synthesis.ActionUnits;
using AuStream.Synthesis.Assets;
using AuStream.Synthesis.People;
using AuStream.Synthesis.Randomness;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.Tests.People;

public class PersonTests
{
    [Fact]
    public void Resting_faces_are_never_labelled_however_unusual()
    {
        for (ulong seed = 0; seed < 40; seed++)
        {
            Person person = Person.Create(seed, LoadedAssets.RequireBoth(), new PersonOptions { RestingSpread = 1.5f });
            person.Pose(new Expression()).Intensities.ShouldAllBe(label => label == 0, $"person {seed}");
        }
    }

    [Fact]
    public void Lips_of_resting_faces_touch()
    {
        for (ulong seed = 0; seed < 40; seed++)
        {
            Vector3[] points = Person.Create(seed, LoadedAssets.RequireBoth(), new PersonOptions()).Pose(new Expression()).Points68;
            (points[62].Y - points[66].Y).ShouldBe(0, 0.08f, $"person {seed}");
        }
    }

    [Theory]
    [InlineData(HeadSource.Ict)]
    [InlineData(HeadSource.MakeHuman)]
    public void The_same_seed_gives_the_same_person_to_the_last_bit(HeadSource source)
    {
        Expression expression = ExpressionSampler.Sample(new RandomStream(9));
        PosedHead a = LoadedAssets.Person(source, 12).Pose(expression);
        LoadedAssets.Person(source, 13);
        PosedHead b = LoadedAssets.Person(source, 12).Pose(expression);
        a.Parts.Count.ShouldBe(b.Parts.Count);
        for (int i = 0; i < a.Parts.Count; i++)
        {
            a.Parts[i].Positions.AsSpan().SequenceEqual(b.Parts[i].Positions).ShouldBeTrue($"part {i}");
        }

        a.Intensities.ShouldBe(b.Intensities);
    }

    [Fact]
    public void People_posed_on_several_threads_do_not_disturb_each_other()
    {
        Person[] people = [LoadedAssets.Person(HeadSource.Ict, 1), LoadedAssets.Person(HeadSource.MakeHuman, 2)];
        var expression = new Expression();
        expression.ActionUnits.SetBoth(12, 0.7f);
        Vector3[][] expected = [.. people.Select(p => p.Pose(expression).Points68)];
        Parallel.For(0, 64, i => people[i % 2].Pose(expression).Points68.ShouldBe(expected[i % 2]));
    }

    [Fact]
    public void People_differ_and_both_sources_occur()
    {
        Person[] people = [.. Enumerable.Range(0, 24).Select(i => Person.Create((ulong)i, LoadedAssets.RequireBoth(), new PersonOptions()))];
        people.Count(p => p.Appearance.Source == HeadSource.Ict).ShouldBeInRange(5, 19);
        people.Select(p => p.Pose(new Expression()).Points68[30]).Distinct().Count().ShouldBe(24);
        people.Select(p => p.Appearance.SkinColor).Distinct().Count().ShouldBe(24);
    }

    [Theory]
    [InlineData(HeadSource.Ict)]
    [InlineData(HeadSource.MakeHuman)]
    public void Heads_are_complete_and_consistent(HeadSource source)
    {
        for (ulong seed = 0; seed < 6; seed++)
        {
            Person person = LoadedAssets.Person(source, seed, 1);
            PosedHead head = person.Pose(new Expression());
            head.Parts[0].Material.Kind.ShouldBe(MaterialKind.Skin);
            head.Parts.Count(p => p.Material.Kind == MaterialKind.Eye).ShouldBe(2);
            head.Parts.ShouldContain(p => p.Material.Kind == MaterialKind.Teeth);
            head.Parts.ShouldContain(p => p.Material.Kind == MaterialKind.Mucosa);
            foreach (ScenePart part in head.Parts)
            {
                part.Triangles.Length.ShouldBe(part.TextureCoordinates.Length);
                part.Triangles.ShouldAllBe(v => v >= 0 && v < part.Positions.Length);
                part.Positions.ShouldAllBe(p => float.IsFinite(p.X) && p.Length() < 80);
                (part.Openness is null || part.Openness.Length == part.Positions.Length).ShouldBeTrue();
            }

            // Eyes either side of the origin, nose in front, chin below, person's right on the left.
            Vector3[] points = head.Points68;
            points[36].X.ShouldBeLessThan(points[39].X);
            points[39].X.ShouldBeLessThan(points[42].X);
            points[30].Z.ShouldBeGreaterThan(points[36].Z);
            points[8].Y.ShouldBeLessThan(points[57].Y);
            ((points[36] + points[39] + points[42] + points[45]) / 4).Length().ShouldBeLessThan(2.5f);
        }
    }

    [Theory]
    [InlineData(HeadSource.Ict)]
    [InlineData(HeadSource.MakeHuman)]
    public void The_layout_says_where_features_lie_in_the_texture(HeadSource source)
    {
        SkinLayout layout = LoadedAssets.Person(source, 1).SkinLayout;
        layout.Points68.ShouldAllBe(p => p.X > 0 && p.X < 1 && p.Y > 0 && p.Y < 1);
        layout.Points68[36].X.ShouldBeLessThan(layout.Points68[45].X, "upright, person's right on the left");
        layout.Points68[27].Y.ShouldBeGreaterThan(layout.Points68[57].Y, "upright, nose above mouth");
        layout.IsPhotographic.ShouldBe(source == HeadSource.MakeHuman);
    }

    [Theory]
    [InlineData(HeadSource.Ict)]
    [InlineData(HeadSource.MakeHuman)]
    public void Eyeballs_do_not_cut_through_half_closed_lids(HeadSource source)
    {
        Person person = LoadedAssets.Person(source, 4);
        foreach (float strength in (float[])[0.3f, 0.5f, 0.7f, 0.9f])
        {
            var expression = new Expression { Blink = strength };
            PosedHead head = person.Pose(expression);
            ScenePart eye = head.Parts.First(p => p.Material.Kind == MaterialKind.Eye);
            float radius = (eye.Positions.Max(p => p.Y) - eye.Positions.Min(p => p.Y)) / 2;
            Vector3 center = new(eye.Positions.Average(p => p.X), (eye.Positions.Max(p => p.Y) + eye.Positions.Min(p => p.Y)) / 2, eye.Positions.Max(p => p.Z) - (radius * 1.04f));
            foreach (int point in (int[])[37, 38])
            {
                Vector3.Distance(head.Points68[point], center).ShouldBeGreaterThan(radius * 0.99f, $"point {point} at {strength}");
            }
        }
    }

    [Fact]
    public void Without_ict_the_native_expressions_serve()
    {
        SynthesisAssets assets = LoadedAssets.RequireMakeHumanOnly();
        Person person = Person.Create(3, assets, new PersonOptions());
        person.Appearance.Source.ShouldBe(HeadSource.MakeHuman);
        Vector3[] rest = person.Pose(new Expression()).Points68;
        var smile = new Expression();
        smile.ActionUnits.SetBoth(12, 1);
        person.Pose(smile).Points68[48].Y.ShouldBeGreaterThan(rest[48].Y + 0.2f);
        Should.Throw<ArgumentException>(() => Person.Create(3, assets, new PersonOptions { Source = HeadSource.Ict })).Message.ShouldContain("SynthesisAssets.Load");
    }

    [Fact]
    public void Options_out_of_range_are_refused() =>
        Should.Throw<ArgumentException>(() => new PersonOptions { IctShare = 2 }.Validate()).Message.ShouldContain("IctShare");
}
