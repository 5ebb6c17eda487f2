using AuStream.Synthesis.Heads;
using AuStream.Synthesis.People;
using AuStream.Synthesis.Randomness;

namespace AuStream.Synthesis.Tests.Heads;

public class RestingFaceTests
{
    private static readonly float[][] s_drawn = [.. Enumerable.Range(0, 3000).Select(i => Draw(i, age: MathF.Pow(i % 100 / 99f, 1.5f)))];

    [Theory]
    [InlineData(FaceShape.LipThinUpper)]
    [InlineData(FaceShape.LipThinLower)]
    [InlineData(FaceShape.LidBagLeft)]
    [InlineData(FaceShape.CheekBulgeRight)]
    [InlineData(FaceShape.BrowDownLeft)]
    [InlineData(FaceShape.BrowInnerUpRight)]
    public void Faces_at_rest_look_like_an_expression_in_either_direction(FaceShape shape)
    {
        // Thin and full lips, baggy and flat lids, high and low cheeks and brows: a tenth of the people each way.
        Share(w => w > 0.2f, shape).ShouldBeGreaterThan(0.1);
        Share(w => w < -0.2f, shape).ShouldBeGreaterThan(0.1);
        s_drawn.Average(w => w[(int)shape]).ShouldBe(0, 0.03f);
    }

    [Theory]
    [InlineData(FaceShape.MouthFrownLeft)]
    [InlineData(FaceShape.MouthSmileLeft)]
    [InlineData(FaceShape.MouthDimpleRight)]
    [InlineData(FaceShape.CornerTuckLeft)]
    [InlineData(FaceShape.EyeSquintLeft)]
    [InlineData(FaceShape.MouthPucker)]
    public void No_resting_face_is_an_expression_at_its_maximum(FaceShape shape)
    {
        Share(w => MathF.Abs(w) > 0.1f, shape).ShouldBeGreaterThan(0.2);
        Share(w => MathF.Abs(w) > 1, shape).ShouldBeLessThan(0.002);
    }

    [Fact]
    public void Sides_differ_a_little_and_more_where_asked()
    {
        float Difference(float asymmetry) => Enumerable.Range(0, 400).Average(i =>
        {
            float[] weights = Draw(i, asymmetry: asymmetry);
            return MathF.Abs(weights[(int)FaceShape.MouthSmileLeft] - weights[(int)FaceShape.MouthSmileRight]);
        });

        Difference(0).ShouldBe(0, 1e-6f);
        Difference(1).ShouldBeInRange(0.02f, 0.1f);
        Difference(3).ShouldBeGreaterThan(2 * Difference(1));
    }

    [Theory]
    [InlineData(FaceShape.LipThinUpper, 0.3f)]
    [InlineData(FaceShape.MouthRollUpper, 0.1f)]
    [InlineData(FaceShape.BrowDownRight, 0.15f)]
    [InlineData(FaceShape.CornerDropLeft, 0.1f)]
    public void Old_faces_at_rest_have_thinner_lips_lower_brows_and_sunken_corners(FaceShape shape, float atLeast) =>
        (Mean(shape, age: 1) - Mean(shape, age: 0)).ShouldBeGreaterThan(atLeast);

    [Fact]
    public void Men_have_lower_brows_and_thinner_lips_at_rest()
    {
        (Mean(FaceShape.BrowDownLeft, sex: PersonSex.Male) - Mean(FaceShape.BrowDownLeft, sex: PersonSex.Female)).ShouldBeGreaterThan(0.15f);
        (Mean(FaceShape.LipThinUpper, sex: PersonSex.Male) - Mean(FaceShape.LipThinUpper, sex: PersonSex.Female)).ShouldBeGreaterThan(0.15f);
    }

    [Fact]
    public void Without_spread_only_the_correction_of_the_source_is_left()
    {
        float[] weights = RestingFace.Draw(new RandomStream(1), 0, 1, PersonSex.Male, 1, [(FaceShape.BrowDownLeft, -0.3f)]);
        weights[(int)FaceShape.BrowDownLeft].ShouldBe(-0.3f);
        weights[(int)FaceShape.BrowDownRight].ShouldBe(-0.3f);
        weights.Count(w => w != 0).ShouldBe(2);
    }

    private static float[] Draw(int person, float age = 0.4f, float asymmetry = 1, PersonSex? sex = null) =>
        RestingFace.Draw(new RandomStream(8).Split((ulong)person), 1, asymmetry, sex ?? (person % 2 == 0 ? PersonSex.Male : PersonSex.Female), age, []);

    private static float Mean(FaceShape shape, float age = 0.4f, PersonSex? sex = null) => Enumerable.Range(0, 1000).Average(i => Draw(i, age, sex: sex)[(int)shape]);

    private static double Share(Func<float, bool> condition, FaceShape shape) => (double)s_drawn.Count(w => condition(w[(int)shape])) / s_drawn.Length;
}
