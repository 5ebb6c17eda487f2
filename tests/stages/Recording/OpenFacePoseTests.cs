using System.Numerics;
using AuStream.Stages.Faces;
using AuStream.Stages.Recording;
using FsCheck;
using FsCheck.Fluent;

namespace AuStream.Stages.Tests.Recording;

public sealed class OpenFacePoseTests
{
    [Theory]
    [InlineData(30, 0, 0, 0, -0.5236, 0)]
    [InlineData(0, 30, 0, -0.5236, 0, 0)]
    [InlineData(0, 0, 30, 0, 0, 0.5236)]
    public void A_turn_about_one_axis_changes_at_most_its_sign(float yaw, float pitch, float roll, double rx, double ry, double rz)
    {
        OpenFacePose pose = OpenFacePose.From(new HeadPose(yaw, pitch, roll));
        pose.Rx.ShouldBe(rx, 1e-4);
        pose.Ry.ShouldBe(ry, 1e-4);
        pose.Rz.ShouldBe(rz, 1e-4);
    }

    [Fact]
    public void Any_turn_is_the_same_rotation_in_both_terms()
    {
        Check.QuickThrowOnFailure(Prop.ForAll<int, int, int>((yaw, pitch, roll) =>
        {
            HeadPose pose = new(yaw % 85, pitch % 85, roll % 180);
            OpenFacePose converted = OpenFacePose.From(pose);

            // Quaternions of (nearly) the same rotation are equal up to their sign.
            Quaternion ours = About(Vector3.UnitY, -Radians(pose.Yaw)) * About(Vector3.UnitX, -Radians(pose.Pitch)) * About(Vector3.UnitZ, Radians(pose.Roll));
            Quaternion theirs = About(Vector3.UnitX, converted.Rx) * About(Vector3.UnitY, converted.Ry) * About(Vector3.UnitZ, converted.Rz);
            Math.Abs(Quaternion.Dot(ours, theirs)).ShouldBe(1, 1e-5);
        }));
    }

    private static double Radians(float degrees) => degrees * Math.PI / 180;

    private static Quaternion About(Vector3 axis, double angle) => Quaternion.CreateFromAxisAngle(axis, (float)angle);
}
