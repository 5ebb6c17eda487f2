using System.Numerics;
using AuStream.Synthesis.ActionUnits;
using AuStream.Synthesis.Assets;
using AuStream.Synthesis.Occluding;
using AuStream.Synthesis.People;
using AuStream.Synthesis.Randomness;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.Samples;

/// <summary>Ready scenes: the bundled clip's interview, two people who cross, a classroom, a person who comes and goes.</summary>
public static class Scenes
{
    /// <summary>One person, sitting, as in a video call.</summary>
    public static IReadOnlyList<SequenceActor> Interview(SynthesisAssets assets, ulong person, ExpressionTimeline timeline, PersonOptions options, SequenceOptions film)
    {
        ArgumentNullException.ThrowIfNull(film);
        float eyes = film.Height * 0.2f;
        return [Actor(assets, person, timeline, options, 1024, _ => eyes, _ => new Vector2(film.Width * 0.5f, film.Height * 0.47f), Vector3.Zero)];
    }

    /// <summary>Two people who walk past each other, one before the other.</summary>
    public static IReadOnlyList<SequenceActor> Crossing(SynthesisAssets assets, ulong seed, double duration, PersonOptions options, SequenceOptions film)
    {
        ArgumentNullException.ThrowIfNull(film);
        var random = new RandomStream(seed);
        Vector2 Walk(double time, bool fromLeft, float height)
        {
            float share = (float)(time / duration);
            return new Vector2(film.Width * (fromLeft ? 0.12f + (0.76f * share) : 0.88f - (0.76f * share)), film.Height * height);
        }

        return
        [
            Actor(assets, random.Split(0).NextBits(), TimelineSampler.Sample(random.Split(1), duration), options, 512, _ => film.Height * 0.10f, t => Walk(t, true, 0.46f), new Vector3(14, 0, 0)),
            Actor(assets, random.Split(2).NextBits(), TimelineSampler.Sample(random.Split(3), duration), options, 512, _ => film.Height * 0.125f, t => Walk(t, false, 0.52f), new Vector3(-14, 0, 0)),
        ];
    }

    /// <summary>Rows of people at classroom distance.</summary>
    public static IReadOnlyList<SequenceActor> Classroom(SynthesisAssets assets, ulong seed, int people, double duration, PersonOptions options, SequenceOptions film)
    {
        ArgumentNullException.ThrowIfNull(film);
        ArgumentOutOfRangeException.ThrowIfLessThan(people, 1);
        var random = new RandomStream(seed);
        int rows = Math.Max(1, (int)Math.Round(Math.Sqrt(people / 1.4)));
        int perRow = (people + rows - 1) / rows;
        var actors = new List<SequenceActor>();
        for (int i = 0; i < people; i++)
        {
            int row = i / perRow;
            int inRow = Math.Min(perRow, people - (row * perRow));
            float near = rows > 1 ? (float)row / (rows - 1) : 1;
            RandomStream own = random.Split((ulong)i);
            float eyes = film.Height * float.Lerp(0.042f, 0.062f, near);
            var center = new Vector2(
                film.Width * (((i % perRow) + 0.5f + (row % 2 == 0 ? 0 : 0.18f)) / (inRow + 0.2f)) + own.Uniform(-6, 6),
                film.Height * (0.2f + (0.58f * (row + 0.2f) / rows)) + own.Uniform(-5, 5));
            actors.Add(Actor(assets, own.NextBits(), TimelineSampler.Sample(own.Split(1), duration), options, 256, _ => eyes, _ => center, new Vector3(own.Uniform(-14, 14), own.Uniform(-6, 4), 0)));
        }

        return actors;
    }

    /// <summary>One person who is in the picture between two times only.</summary>
    public static IReadOnlyList<SequenceActor> ComesAndGoes(SynthesisAssets assets, ulong seed, double duration, double comes, double goes, PersonOptions options, SequenceOptions film)
    {
        ArgumentNullException.ThrowIfNull(film);
        var random = new RandomStream(seed);
        Vector2 Place(double time)
        {
            double away = Math.Max(comes - time, time - goes);
            float aside = (float)Math.Clamp(away / 0.4, 0, 1);
            return new Vector2(film.Width * (0.5f + (1.4f * aside)), film.Height * 0.48f);
        }

        return [Actor(assets, random.NextBits(), TimelineSampler.Sample(random.Split(1), duration), options, 512, _ => film.Height * 0.16f, Place, Vector3.Zero)];
    }

    /// <summary>One person whose hands come to the face twice, before a camera that moves and in light that changes.</summary>
    public static IReadOnlyList<SequenceActor> Hands(SynthesisAssets assets, ulong seed, double duration, PersonOptions options, SequenceOptions film)
    {
        ArgumentNullException.ThrowIfNull(film);
        var random = new RandomStream(seed);
        SequenceActor actor = Actor(assets, random.NextBits(), TimelineSampler.Sample(random.Split(1), duration), options, 1024, _ => film.Height * 0.17f, _ => new Vector2(film.Width * 0.5f, film.Height * 0.46f), Vector3.Zero);
        PosedHead resting = actor.Person.Person.Pose(Expression.Neutral());
        OccluderStay Stay(ulong number, double from, double to, int where) => new(
            [.. HandPlaces.Draw(random.Split(number), actor.Person.Person.Appearance.SkinColor, new FaceRelief(resting), where)], duration * from, duration * to, new Vector3(0, -24, 4));
        return
        [
            new SequenceActor
            {
                Person = actor.Person,
                Timeline = actor.Timeline,
                EyeDistance = actor.EyeDistance,
                Center = actor.Center,
                Clothing = actor.Clothing,
                Stays = [Stay(2, 0.2, 0.45, HandPlaces.Mouth), Stay(3, 0.62, 0.85, HandPlaces.Eye)],
            },
        ];
    }

    private static SequenceActor Actor(
        SynthesisAssets assets, ulong seed, ExpressionTimeline timeline, PersonOptions options, int texture, Func<double, float> eyes, Func<double, Vector2> center, Vector3 turn)
    {
        PaintedPerson person = PaintedPerson.Create(Person.Create(seed, assets, options), texture);
        PosedHead resting = person.Person.Pose(Expression.Neutral());
        return new SequenceActor
        {
            Person = person,
            Timeline = timeline,
            EyeDistance = eyes,
            Center = center,
            Turn = turn,
            Clothing = Clothing.IsWornBy(resting) ? null : Clothing.Draw(new RandomStream(seed).Split("clothing"), resting.Parts[0]),
        };
    }
}
