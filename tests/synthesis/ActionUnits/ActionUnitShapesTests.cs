using AuStream.Synthesis.ActionUnits;
using AuStream.Synthesis.Heads;
using AuStream.Synthesis.Randomness;

namespace AuStream.Synthesis.Tests.ActionUnits;

public class ActionUnitShapesTests
{
    private static readonly ActionUnitShapes s_table = new();

    public static TheoryData<int> Units() => [.. ActionUnitSet.Numbers.Where(unit => unit != 43)];

    [Theory]
    [MemberData(nameof(Units))]
    public void Weights_grow_with_the_strength(int unit)
    {
        float[] before = Weights(unit, 0, 0);
        before.ShouldAllBe(w => w == 0);
        for (int level = 1; level <= 5; level++)
        {
            float[] now = Weights(unit, level / 5f, level / 5f);
            for (int i = 0; i < now.Length; i++)
            {
                MathF.Abs(now[i]).ShouldBeGreaterThanOrEqualTo(MathF.Abs(before[i]) - 1e-6f, $"{FaceShapes.All[i]} at {level}");
            }

            now.Sum(MathF.Abs).ShouldBeGreaterThan(before.Sum(MathF.Abs));
            before = now;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(12)]
    [InlineData(14)]
    [InlineData(15)]
    public void Sides_mirror_each_other_and_do_not_touch(int unit)
    {
        float[] right = Weights(unit, 0.8f, 0);
        float[] left = Weights(unit, 0, 0.8f);
        for (int i = 0; i < right.Length; i++)
        {
            (right[i] != 0 && left[i] != 0).ShouldBeFalse($"{FaceShapes.All[i]} moves with either side");
            string name = FaceShapes.AssetName(FaceShapes.All[i]);
            if (left[i] != 0)
            {
                name.ShouldEndWith("_L");
                right[i + 1].ShouldBe(left[i]);
            }
        }
    }

    [Theory]
    [InlineData(12, FaceShape.MouthStretchLeft, 0.30f)]
    [InlineData(12, FaceShape.CornerTuckRight, 0.25f)]
    [InlineData(12, FaceShape.NoseSneerLeft, 0.20f)]
    [InlineData(6, FaceShape.EyeSquintRight, 0.35f)]
    [InlineData(2, FaceShape.EyeWideRight, 0.40f)]
    public void In_some_people_something_unlabelled_comes_along(int unit, FaceShape shape, float most)
    {
        float[] seen = [.. Enumerable.Range(0, 300).Select(i => Weights(unit, 1, 1, new ActionUnitShapes(new RandomStream(5).Split((ulong)i)))[(int)shape])];
        seen.Min().ShouldBeInRange(0, most * 0.05f);
        seen.Max().ShouldBeInRange(most * 0.95f, most);
        Weights(unit, 1, 1)[(int)shape].ShouldBe(0);
    }

    [Fact]
    public void Lips_part_by_the_lower_lip_in_some_people_and_by_the_upper_in_others()
    {
        float[] shares = [.. Enumerable.Range(0, 300).Select(i => Weights(25, 1, 1, new ActionUnitShapes(new RandomStream(5).Split((ulong)i))))
            .Select(w => w[(int)FaceShape.MouthUpperUpLeft] / w[(int)FaceShape.MouthLowerDownLeft])];
        shares.Count(share => share < 0.3f).ShouldBeGreaterThan(30);
        shares.Count(share => share > 0.7f).ShouldBeGreaterThan(30);
    }

    [Fact]
    public void A_smile_that_parts_the_lips_bares_the_teeth_with_less_jaw_than_AU26_begins_with()
    {
        var together = new float[FaceShapes.Count];
        var strengths = new SidedStrengths();
        strengths.SetBoth(12, 0.8f);
        strengths.SetBoth(25, 0.5f);
        s_table.Apply(strengths, Expression.Neutral(), together);
        float[] parted = Weights(25, 0.5f, 0.5f);
        foreach (FaceShape shape in (FaceShape[])[FaceShape.MouthLowerDownLeft, FaceShape.MouthLowerDownRight, FaceShape.MouthUpperUpLeft, FaceShape.MouthUpperUpRight])
        {
            together[(int)shape].ShouldBeGreaterThan(parted[(int)shape] + 0.05f, shape.ToString());
        }

        together[(int)FaceShape.JawOpen].ShouldBeInRange(0.01f, 0.07f, "AU26 is labelled from .07 on");
    }

    private static float[] Weights(int unit, float right, float left, ActionUnitShapes? table = null)
    {
        var strengths = new SidedStrengths { [unit, FaceSide.Right] = right, [unit, FaceSide.Left] = left };
        var weights = new float[FaceShapes.Count];
        (table ?? s_table).Apply(strengths, Expression.Neutral(), weights);
        return weights;
    }
}
