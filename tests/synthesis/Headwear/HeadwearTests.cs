using System.Numerics;
using AuStream.Synthesis.ActionUnits;
using AuStream.Synthesis.Assets;
using AuStream.Synthesis.Headwear;
using AuStream.Synthesis.People;
using AuStream.Synthesis.Randomness;
using AuStream.Synthesis.Samples;
using AuStream.Synthesis.Scene;
using AuStream.Synthesis.Tests.People;

namespace AuStream.Synthesis.Tests.Headwear;

public sealed class HeadwearTests
{
    [Fact]
    public void Headwear_leaves_eyes_nose_and_mouth_free()
    {
        SynthesisAssets assets = LoadedAssets.RequireMakeHumanOnly();
        var maker = new PictureMaker();
        var sample = new Sample();
        int scarves = 0;
        for (ulong seed = 0; seed < 14; seed++)
        {
            Person person = AuStream.Synthesis.People.Person.Create(seed, assets, new PersonOptions { HeadwearShare = 1, GlassesShare = 0, RestingSpread = 0.3f, Sex = seed % 2 == 0 ? PersonSex.Female : PersonSex.Male });
            maker.Make(PaintedPerson.Create(person, 64), Expression.Neutral(), new RandomStream(seed), PictureOptions.Portrait, sample);
            sample.Visible68[27..60].ShouldAllBe(isVisible => isVisible, $"person {seed}");
            scarves += sample.Visible68[2..15].Count(isVisible => !isVisible) > 4 ? 1 : 0;
        }

        scarves.ShouldBeGreaterThan(1, "headscarves hide the line of the jaw");
    }

    [Fact]
    public void A_headscarf_moves_with_the_chin()
    {
        SynthesisAssets assets = LoadedAssets.RequireMakeHumanOnly();
        Person person = Enumerable.Range(0, 60)
            .Select(seed => AuStream.Synthesis.People.Person.Create((ulong)seed, assets, new PersonOptions { HeadwearShare = 1, Sex = PersonSex.Female, RestingSpread = 0.3f }))
            .First(candidate => Cloth(candidate, Expression.Neutral()) is not null && IsScarf(candidate));
        var open = new Expression();
        open.ActionUnits.SetBoth(27, 1);
        float rest = Cloth(person, Expression.Neutral())!.Positions.Where(IsAtChin).Min(p => p.Y);
        Vector3[] resting = Cloth(person, Expression.Neutral())!.Positions;
        Vector3[] moved = Cloth(person, open)!.Positions;
        rest.ShouldBeLessThan(-8);
        resting.Zip(moved).Where(pair => IsAtChin(pair.First)).Max(pair => pair.First.Y - pair.Second.Y).ShouldBeGreaterThan(0.5f);
        resting.Zip(moved).Where(pair => pair.First.Y > 6).ShouldAllBe(pair => Vector3.Distance(pair.First, pair.Second) < 0.05f);
    }

    [Fact]
    public void Everything_that_can_be_worn_is_worn()
    {
        foreach (PersonSex sex in Enum.GetValues<PersonSex>())
        {
            var random = new RandomStream(1);
            var seen = Enumerable.Range(0, 400).Select(_ => HeadwearMaker.Draw(random, sex)).ToHashSet();
            seen.Count.ShouldBe(sex == PersonSex.Male ? 5 : 6);
        }
    }

    private static bool IsAtChin(Vector3 p) => MathF.Abs(p.X) < 2 && p.Y is > -13 and < -7 && p.Z > 0;

    private static bool IsScarf(Person person) => Cloth(person, Expression.Neutral())!.Positions.Any(IsAtChin);

    private static ScenePart? Cloth(Person person, Expression expression) =>
        person.Pose(expression).Parts.FirstOrDefault(part => part.Material.Kind == MaterialKind.Cloth && part.Positions.Length == ClothShell.Around * 32);
}
