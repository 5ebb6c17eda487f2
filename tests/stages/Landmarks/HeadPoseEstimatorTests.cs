using AuStream.Stages.Faces;
using AuStream.Stages.Landmarks;
using FsCheck;
using FsCheck.Fluent;

namespace AuStream.Stages.Tests.Landmarks;

public sealed class HeadPoseEstimatorTests
{
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(30, 0, 0)]
    [InlineData(0, 20, 0)]
    [InlineData(0, 0, -25)]
    [InlineData(-40, 15, 60)]
    public void A_turned_face_is_measured_with_the_right_sign_and_size(float yaw, float pitch, float roll)
    {
        HeadPose pose = Estimate(SyntheticFace.Turned(yaw, pitch, roll, 3.7f, 200, 120, noise: 0, new Random(1)));

        pose.Yaw.ShouldBe(yaw, 0.01f);
        pose.Pitch.ShouldBe(pitch, 0.01f);
        pose.Roll.ShouldBe(roll, 0.01f);
    }

    [Fact]
    public void Signs_are_those_of_the_contract()
    {
        // The nose tip (point 1) lies nearest to the camera: it shows where the face turns to.
        float[] right = SyntheticFace.Turned(30, 0, 0, 1, 0, 0, 0, new Random(1));
        right[3 * 1].ShouldBeGreaterThan(SyntheticFace.Points[3 * 1] + 5);
        float[] up = SyntheticFace.Turned(0, 30, 0, 1, 0, 0, 0, new Random(1));
        up[(3 * 1) + 1].ShouldBeLessThan(SyntheticFace.Points[(3 * 1) + 1] - 5);
        float[] clockwise = SyntheticFace.Turned(0, 0, 30, 1, 0, 0, 0, new Random(1));
        clockwise[(3 * 263) + 1].ShouldBeGreaterThan(clockwise[(3 * 33) + 1] + 10);
    }

    [Fact]
    public void Noise_of_a_percent_moves_the_pose_by_little() => Prop.ForAll<int>(seed =>
    {
        Random random = new(seed);
        (float yaw, float pitch, float roll) = (random.Next(-60, 60), random.Next(-40, 40), random.Next(-90, 90));
        HeadPose pose = Estimate(SyntheticFace.Turned(yaw, pitch, roll, 1 + random.NextSingle(), 50, 60, noise: 0.5f, random));

        pose.Yaw.ShouldBe(yaw, 3);
        pose.Pitch.ShouldBe(pitch, 3);
        pose.Roll.ShouldBe(roll, 3);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_face_of_too_few_points_is_refused() =>
        Should.Throw<ArgumentException>(() => new HeadPoseEstimator(new CanonicalFace([1, 2, 3], new float[9], [1, 1, 1])));

    private static HeadPose Estimate(float[] landmarks) => new HeadPoseEstimator(SyntheticFace.Canonical).Estimate(landmarks);
}
