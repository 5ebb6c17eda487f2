using System.Numerics;
using AuStream.Synthesis.ActionUnits;
using AuStream.Synthesis.Assets;
using AuStream.Synthesis.People;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.Tests.People;

/// <summary>What the skin does under each action unit, on both heads and on MakeHuman's with its own expressions only.</summary>
public class ActionUnitDisplacementTests
{
    public enum Head
    {
        Ict,
        MakeHuman,
        MakeHumanAlone,
    }

    public static TheoryData<Head> Heads() => [.. Enum.GetValues<Head>()];

    [Theory]
    [MemberData(nameof(Heads))]
    public void Every_action_unit_moves_the_skin_more_at_each_step_from_a_trace_to_the_maximum(Head source)
    {
        Person person = Create(source);
        Vector3[] rest = Skin(person, new Expression());
        foreach (int unit in ActionUnitSet.Numbers)
        {
            var moved = new float[6];
            for (int level = 1; level <= 5; level++)
            {
                moved[level] = Vector3Distances(rest, Skin(person, Both(unit, level / 5f))).Sum();
                moved[level].ShouldBeGreaterThan(moved[level - 1], $"AU{unit} at level {level}");
            }

            (moved[1] / moved[5]).ShouldBeInRange(0.05f, 0.45f, $"AU{unit}: A is a trace of E");
            Vector3Distances(rest, Skin(person, Both(unit, 1))).Max().ShouldBeGreaterThan(0.25f, $"AU{unit} at E moves some skin by a quarter of a centimetre");
        }
    }

    [Theory]
    [MemberData(nameof(Heads))]
    public void One_side_moves_alone(Head source)
    {
        Person person = Create(source);
        Vector3[] rest = Skin(person, new Expression());
        foreach (int unit in (int[])[2, 6, 7, 10, 12, 14, 15])
        {
            var expression = new Expression();
            expression.ActionUnits[unit, FaceSide.Left] = 1;
            Vector3[] moved = Skin(person, expression);
            float left = Enumerable.Range(0, rest.Length).Where(v => rest[v].X > 0.8f).Sum(v => Vector3.Distance(rest[v], moved[v]));
            float right = Enumerable.Range(0, rest.Length).Where(v => rest[v].X < -0.8f).Sum(v => Vector3.Distance(rest[v], moved[v]));
            left.ShouldBeGreaterThan(3.5f * right, $"AU{unit}");
        }
    }

    [Theory]
    [MemberData(nameof(Heads))]
    public void Raised_cheeks_differ_from_tightened_lids(Head source)
    {
        Person person = Create(source);
        Vector3[] rest = Skin(person, new Expression());
        int[] cheek = [.. Enumerable.Range(0, rest.Length).Where(v => Vector2.Distance(new Vector2(MathF.Abs(rest[v].X), rest[v].Y), new Vector2(3.5f, -2.2f)) < 0.6f && rest[v].Z > -2)];
        cheek.Length.ShouldBeGreaterThan(4);
        float Raised(int unit)
        {
            Vector3[] moved = Skin(person, Both(unit, 1));
            return cheek.Average(v => moved[v].Y - rest[v].Y + (moved[v].Z - rest[v].Z));
        }

        Raised(6).ShouldBeGreaterThan(0.45f, "AU6 lifts the cheek and pushes it forward");
        Raised(7).ShouldBeLessThan(0.4f * Raised(6), "AU7 leaves the cheek");
    }

    [Theory]
    [MemberData(nameof(Heads))]
    public void Lips_do_what_the_manual_says(Head source)
    {
        Person person = Create(source);
        Vector3[] rest = person.Pose(new Expression()).Points68;
        Vector3[] Points(int unit) => person.Pose(Both(unit, 1)).Points68;
        float Width(Vector3[] p) => Vector3.Distance(p[48], p[54]) / Vector3.Distance(rest[48], rest[54]);
        float Red(Vector3[] p) => (p[51].Y - p[62].Y + p[66].Y - p[57].Y) / (rest[51].Y - rest[62].Y + rest[66].Y - rest[57].Y);

        Width(Points(23)).ShouldBeLessThan(0.93f, "AU23 narrows the mouth");
        Width(Points(24)).ShouldBeGreaterThan(0.95f, "AU24 does not");
        Red(Points(23)).ShouldBeLessThan(0.75f, "AU23 narrows the red of the lips");
        Red(Points(24)).ShouldBeLessThan(0.65f, "AU24 presses it nearly away");
        Red(Points(20)).ShouldBeLessThan(0.95f, "AU20 flattens the lips");
        Width(Points(20)).ShouldBeGreaterThan(1.08f, "AU20 stretches the mouth");
        Vector3[] dimple = Points(14);
        (dimple[48].Z - rest[48].Z).ShouldBeLessThan(-0.12f, "AU14 tucks the corner in");
        (dimple[51].Y - rest[51].Y).ShouldBe(0, 0.3f, "AU14 leaves the middle of the lips");
        Vector3[] drop = Points(15);
        (drop[48].Y - rest[48].Y - (drop[57].Y - rest[57].Y)).ShouldBeLessThan(-0.3f, "AU15 lowers the corners against the middle");
        Vector3[] chin = Points(17);
        (chin[57].Y - rest[57].Y).ShouldBeGreaterThan(0.1f, "AU17 pushes the lower lip up");
    }

    [Theory]
    [MemberData(nameof(Heads))]
    public void The_chin_raiser_lifts_the_boss_of_the_chin(Head source)
    {
        Person person = Create(source);
        PosedHead atRest = person.Pose(new Expression());
        Vector3[] rest = [.. atRest.Parts[0].Positions];
        Vector3 boss = Vector3.Lerp(atRest.Points68[57], atRest.Points68[8], 0.5f);
        int[] skin = [.. Enumerable.Range(0, rest.Length).Where(v => Vector3.Distance(rest[v] with { Z = 0 }, boss with { Z = 0 }) < 0.7f && rest[v].Z > boss.Z - 1.5f)];
        skin.Length.ShouldBeGreaterThan(3);
        Vector3[] moved = Skin(person, Both(17, 1));
        skin.Average(v => moved[v].Y - rest[v].Y).ShouldBeGreaterThan(0.2f);
    }

    [Fact]
    public void Lower_lashes_stay_on_the_lid_that_a_smile_raises()
    {
        Person person = LoadedAssets.Person(HeadSource.MakeHuman, 17);
        var smile = new Expression();
        smile.ActionUnits.SetBoth(6, 1);
        smile.ActionUnits.SetBoth(12, 1);
        PosedHead rest = person.Pose(new Expression());
        PosedHead posed = person.Pose(smile);
        int part = Enumerable.Range(0, rest.Parts.Count).Single(i => rest.Parts[i].Material.Kind == MaterialKind.Lash);
        float lid = ((int[])[40, 41, 46, 47]).Average(p => posed.Points68[p].Y - rest.Points68[p].Y);
        lid.ShouldBeGreaterThan(0.15f);

        // Lash vertices nearest to the margin of the lower lid at rest.
        IReadOnlyList<Vector3> before = [.. rest.Parts[part].Positions];
        IReadOnlyList<Vector3> after = [.. posed.Parts[part].Positions];
        int[] lashes = [.. Enumerable.Range(0, before.Count).Where(v => ((int[])[40, 41, 46, 47]).Any(p => Vector3.Distance(before[v], rest.Points68[p]) < 0.25f))];
        lashes.Length.ShouldBeGreaterThan(3);
        lashes.Average(v => after[v].Y - before[v].Y).ShouldBe(lid, 0.1f);
    }

    private static Person Create(Head head) => head switch
    {
        Head.Ict => LoadedAssets.Person(HeadSource.Ict, 3),
        Head.MakeHuman => LoadedAssets.Person(HeadSource.MakeHuman, 3),
        _ => Person.Create(3, LoadedAssets.RequireMakeHumanOnly(), new PersonOptions { RestingSpread = 0.3f }),
    };

    private static Vector3[] Skin(Person person, Expression expression) => [.. person.Pose(expression).Parts[0].Positions];

    private static float[] Vector3Distances(Vector3[] a, Vector3[] b) => [.. a.Zip(b, Vector3.Distance)];

    private static Expression Both(int unit, float strength)
    {
        var expression = new Expression();
        expression.ActionUnits.SetBoth(unit, strength);
        return expression;
    }
}
