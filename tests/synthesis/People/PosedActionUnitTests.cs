using System.Numerics;
using AuStream.Synthesis.ActionUnits;
using AuStream.Synthesis.People;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.Tests.People;

public class PosedActionUnitTests
{
    private static readonly ulong[] s_seeds = [3, 17];

    public static TheoryData<HeadSource, int> SourcesAndUnits()
    {
        var data = new TheoryData<HeadSource, int>();
        foreach (HeadSource source in Enum.GetValues<HeadSource>())
        {
            foreach (int unit in ActionUnitSet.Numbers)
            {
                data.Add(source, unit);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(SourcesAndUnits))]
    public void The_label_grows_with_the_strength(HeadSource source, int unit)
    {
        foreach (ulong seed in s_seeds)
        {
            Person person = LoadedAssets.Person(source, seed);
            float before = Label(person.Pose(new Expression()), unit);
            before.ShouldBe(0);
            for (int step = 1; step <= 5; step++)
            {
                float label = Label(Pose(person, unit, step / 5f), unit);
                if (before < 4.99f && !(unit == 27 && step < 3))
                {
                    label.ShouldBeGreaterThan(before, $"step {step}, person {seed}");
                }

                before = label;
            }

            // AU25's own row opens the lips halfway; the jaw does the rest.
            before.ShouldBeGreaterThan(unit == 25 ? 1.2f : 3.6f);
        }
    }

    [Theory]
    [MemberData(nameof(SourcesAndUnits))]
    public void Other_labels_stay_low(HeadSource source, int unit)
    {
        foreach (ulong seed in s_seeds)
        {
            PosedHead head = Pose(LoadedAssets.Person(source, seed), unit, 1);
            foreach (int other in ActionUnitSet.Numbers.Where(n => n != unit))
            {
                bool opensTheMouth = unit is 26 or 27 or 9 or 10 && other == 25;
                if (!opensTheMouth && !(unit is 26 or 27 && other is 26 or 27))
                {
                    // A smile at E may draw the lips apart a little, never to level A.
                    Label(head, other).ShouldBeLessThan(other == 25 ? 1 : 0.75f, $"AU{other} under AU{unit}, person {seed}");
                }
            }
        }
    }

    [Theory]
    [InlineData(HeadSource.Ict)]
    [InlineData(HeadSource.MakeHuman)]
    public void Points_move_as_the_manual_says(HeadSource source)
    {
        foreach (ulong seed in s_seeds)
        {
            Person person = LoadedAssets.Person(source, seed);
            Vector3[] rest = person.Pose(new Expression()).Points68;
            Vector3[] Moved(int unit) => [.. Pose(person, unit, 1).Points68.Zip(rest, (a, b) => a - b)];

            Vector3[] innerBrow = Moved(1);
            innerBrow[21].Y.ShouldBeGreaterThan(0.25f, "AU1 raises the inner brow");
            innerBrow[21].Y.ShouldBeGreaterThan(2 * innerBrow[17].Y, "AU1 raises the inner more than the outer brow");
            Vector3[] outerBrow = Moved(2);
            outerBrow[18].Y.ShouldBeGreaterThan(0.25f, "AU2 raises the outer brow");
            outerBrow[18].Y.ShouldBeGreaterThan(2 * outerBrow[21].Y, "AU2 raises the outer more than the inner brow");
            Vector3[] frown = Moved(4);
            frown[21].Y.ShouldBeLessThan(-0.25f, "AU4 lowers the inner brow");
            (frown[22].X - frown[21].X).ShouldBeLessThan(-0.05f, "AU4 draws the brows together");

            Opening(Moved(5)).ShouldBeGreaterThan(0.15f, "AU5 widens the eye");
            Opening(Moved(6)).ShouldBeLessThan(-0.15f, "AU6 narrows the eye");
            Opening(Moved(7)).ShouldBeLessThan(-0.2f, "AU7 narrows the eye");
            Vector3[] closed = Pose(person, 43, 1).Points68;
            LidOpening(closed).ShouldBe(0, 0.06f, "AU43 closes the lids");

            Vector3[] smile = Moved(12);
            smile[48].Y.ShouldBeGreaterThan(0.25f, "AU12 raises the corners");
            (smile[54].X - smile[48].X).ShouldBeGreaterThan(0.5f, "AU12 widens the mouth");
            Vector3[] lowered = Moved(15);
            lowered[48].Y.ShouldBeLessThan(-0.25f, "AU15 lowers the corners");
            (lowered[54].X - lowered[48].X).ShouldBeLessThan(0.35f, "AU15 hardly widens the mouth");
            Vector3[] stretch = Moved(20);
            (stretch[54].X - stretch[48].X).ShouldBeGreaterThan(0.4f, "AU20 widens the mouth");
            Vector3[] pucker = Moved(18);
            (pucker[54].X - pucker[48].X).ShouldBeLessThan(-0.4f, "AU18 narrows the mouth");
            Moved(10)[51].Y.ShouldBeGreaterThan(0.15f, "AU10 raises the upper lip");
            Moved(17)[57].Y.ShouldBeGreaterThan(0.9f, "AU17 pushes the lower lip up");
            Vector3[] nose = Moved(9);
            (nose[31].Y + nose[35].Y).ShouldBeGreaterThan(0.2f, "AU9 raises the wings of the nose");

            Vector3[] parted = Moved(25);
            (parted[62].Y - parted[66].Y).ShouldBeGreaterThan(0.2f, "AU25 parts the inner lips");
            Vector3[] jaw = Moved(26);
            jaw[8].Y.ShouldBeLessThan(-0.6f, "AU26 drops the chin");
            Moved(27)[8].Y.ShouldBeLessThan(1.4f * jaw[8].Y, "AU27 drops it farther");
            Vector3[] sucked = Moved(28);
            (LipHeight(sucked) + 0f).ShouldBeLessThan(-0.15f, "AU28 hides the red of the lips");
        }
    }

    [Theory]
    [InlineData(HeadSource.Ict)]
    [InlineData(HeadSource.MakeHuman)]
    public void Tight_pressed_and_sucked_lips_differ_plainly(HeadSource source)
    {
        Person person = LoadedAssets.Person(source, 3);
        Vector3[][] mouths = [.. ((int[])[23, 24, 28]).Select(unit => Pose(person, unit, 1).Points68[48..])];
        for (int a = 0; a < 3; a++)
        {
            for (int b = a + 1; b < 3; b++)
            {
                mouths[a].Zip(mouths[b], Vector3.Distance).Max().ShouldBeGreaterThan(0.3f);
            }
        }
    }

    [Theory]
    [InlineData(HeadSource.Ict)]
    [InlineData(HeadSource.MakeHuman)]
    public void One_sided_movements_stay_on_their_side(HeadSource source)
    {
        Person person = LoadedAssets.Person(source, 5);
        PosedHead rest = person.Pose(new Expression());
        var smirk = new Expression();
        smirk.ActionUnits[12, FaceSide.Right] = 1;
        PosedHead head = person.Pose(smirk);
        float right = Vector3.Distance(head.Points68[48], rest.Points68[48]);
        float left = Vector3.Distance(head.Points68[54], rest.Points68[54]);
        right.ShouldBeGreaterThan(3 * left);
        Label(head, 12).ShouldBe(3.75f, 0.01f);
    }

    [Theory]
    [InlineData(HeadSource.Ict)]
    [InlineData(HeadSource.MakeHuman)]
    public void Lids_follow_the_gaze_without_counting_as_closed(HeadSource source)
    {
        Person person = LoadedAssets.Person(source, 5);
        float ahead = LidOpening(person.Pose(new Expression()).Points68);
        PosedHead down = person.Pose(new Expression { Gaze = new Vector2(0, -20) });
        PosedHead up = person.Pose(new Expression { Gaze = new Vector2(0, 15) });
        LidOpening(down.Points68).ShouldBeLessThan(ahead - 0.1f);
        LidOpening(up.Points68).ShouldBeGreaterThan(ahead);
        Label(down, 43).ShouldBe(0);
        Label(up, 5).ShouldBe(0);
    }

    [Theory]
    [InlineData(HeadSource.Ict)]
    [InlineData(HeadSource.MakeHuman)]
    public void A_smile_that_bares_the_teeth_lowers_the_chin_and_is_no_AU26(HeadSource source)
    {
        foreach (ulong seed in s_seeds)
        {
            Person person = LoadedAssets.Person(source, seed);
            var smile = new Expression();
            smile.ActionUnits.SetBoth(12, 0.9f);
            Vector3[] closed = person.Pose(smile).Points68;
            smile.ActionUnits.SetBoth(25, 0.8f);
            PosedHead parted = person.Pose(smile);

            parted.Points68[8].Y.ShouldBeLessThan(closed[8].Y - 0.05f);
            Label(parted, 26).ShouldBe(0);
            Label(parted, 25).ShouldBeGreaterThan(2);
        }
    }

    private static PosedHead Pose(Person person, int unit, float strength)
    {
        var expression = new Expression();
        expression.ActionUnits.SetBoth(unit, strength);
        return person.Pose(expression);
    }

    private static float Label(PosedHead head, int unit) => head.Intensities[ActionUnitSet.IndexOf(unit)];

    private static float Opening(Vector3[] moved) => (moved[37].Y + moved[38].Y - moved[40].Y - moved[41].Y) / 2;

    private static float LidOpening(Vector3[] points) => Opening(points);

    private static float LipHeight(Vector3[] moved) => moved[51].Y - moved[62].Y + moved[66].Y - moved[57].Y;
}
