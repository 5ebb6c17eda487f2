using AuStream.Stages.Tracking;

namespace AuStream.Stages.Tests.Tracking;

public sealed class LandmarkSmootherTests
{
    private static readonly SmoothingOptions Options = new();

    [Fact]
    public void A_still_landmark_jitters_less_and_a_fast_one_hardly_lags()
    {
        Random random = new(5);
        LandmarkSmoother smoother = new(2);
        double raw = 0;
        double smooth = 0;
        float lag = 0;
        for (int i = 0; i < 300; i++)
        {
            float noise = random.NextSingle() - 0.5f;
            // The second coordinate crosses three inter-ocular distances per second.
            float moving = 60 * 3 * i / 30f;
            smoother.Update([100 + noise, moving], 1 / 30f, 60, Options);
            raw += Math.Abs(noise);
            smooth += Math.Abs(smoother.Values[0] - 100);
            lag = i > 30 ? Math.Max(lag, moving - smoother.Values[1]) : 0;
        }

        smooth.ShouldBeLessThan(0.7 * raw);
        lag.ShouldBeLessThan(0.05f * 60);
    }

    [Fact]
    public void The_first_value_after_a_reset_is_taken_as_it_is()
    {
        LandmarkSmoother smoother = new(1);
        smoother.Update([10], 0.03f, 60, Options);
        smoother.Update([20], 0.03f, 60, Options);
        smoother.Values[0].ShouldBeInRange(10.1f, 19.9f);
        smoother.Reset();
        smoother.Update([50], 0.03f, 60, Options);
        smoother.Values[0].ShouldBe(50);
    }
}
