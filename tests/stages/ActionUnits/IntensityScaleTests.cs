using AuStream.Models.Manifests;
using AuStream.Stages.ActionUnits;
using AuStream.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace AuStream.Stages.Tests.ActionUnits;

public sealed class IntensityScaleTests
{
    [Fact]
    public void Presence_intensity_and_score_never_contradict_each_other() => Prop.ForAll(Seeds.Any, seed =>
    {
        Random random = new(seed);
        float threshold = 0.1f + (4.9f * random.NextSingle());
        CalibrationCurve? curve = random.Next(3) == 0 ? null : RandomCurve(random);
        IntensityScale scale = Scale(threshold, curve);
        float[] ascending = [.. Enumerable.Range(0, 50).Select(_ => (float)((20 * random.NextDouble()) - 10)).Order()];

        float previous = 0;
        foreach (float raw in ascending)
        {
            (float intensity, float score, bool present) = Apply(scale, raw);
            intensity.ShouldBeInRange(0, 5);
            score.ShouldBe(intensity / 5);
            present.ShouldBe(intensity >= threshold);
            intensity.ShouldBeGreaterThanOrEqualTo(previous - 1e-6f, "the scale never falls");
            previous = intensity;
        }
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(-3, 0.5)]
    [InlineData(-1, 0.5)]
    [InlineData(0, 1)]
    [InlineData(1, 1.5)]
    [InlineData(2, 3)]
    [InlineData(3, 4.5)]
    [InlineData(9, 4.5)]
    public void A_calibration_curve_is_linear_between_its_points_and_constant_outside(float raw, float intensity) =>
        Apply(Scale(1, new CalibrationCurve { Raw = [-1, 1, 3], Intensity = [0.5f, 1.5f, 4.5f] }), raw).Intensity.ShouldBe(intensity, 1e-6f);

    [Fact]
    public void Exactly_at_the_threshold_counts_as_present()
    {
        Apply(Scale(1.5f, null), 1.5f).Present.ShouldBeTrue();
        Apply(Scale(1.5f, null), MathF.BitDecrement(1.5f)).Present.ShouldBeFalse();
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_raw_output_that_is_not_finite_gives_no_result(float raw) =>
        Scale(1, null).TryApply([raw], new float[1], new float[1], new bool[1]).ShouldBeFalse();

    private static (float Intensity, float Score, bool Present) Apply(IntensityScale scale, float raw)
    {
        float[] intensity = new float[1];
        float[] score = new float[1];
        bool[] presence = new bool[1];
        scale.TryApply([raw], intensity, score, presence).ShouldBeTrue();
        return (intensity[0], score[0], presence[0]);
    }

    private static CalibrationCurve RandomCurve(Random random)
    {
        int count = random.Next(1, 8);
        return new CalibrationCurve
        {
            Raw = [.. Enumerable.Range(0, count).Select(i => (float)(i + random.NextDouble() - 4)).Order().Distinct()],
            Intensity = [.. Enumerable.Range(0, count).Select(_ => (float)(5 * random.NextDouble())).Order()],
        };
    }

    private static IntensityScale Scale(float threshold, CalibrationCurve? curve) => new(SmallModel.Template with
    {
        ActionUnits = [12],
        Thresholds = [threshold],
        Calibration = curve is null ? [] : [curve],
    });
}
