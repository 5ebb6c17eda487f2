using System.Numerics;
using AuStream.Synthesis.Cameras;
using AuStream.Synthesis.Pictures;
using AuStream.Synthesis.Randomness;

namespace AuStream.Synthesis.Tests.Cameras;

public class CameraTests
{
    [Fact]
    public void A_turned_head_faces_the_side_that_the_angles_say()
    {
        Vector3 Facing(float yaw, float pitch, float roll, Vector3 direction) => Vector3.TransformNormal(direction, new HeadPlacement(Vector3.Zero, yaw, pitch, roll).ToCamera());
        Facing(30, 0, 0, Vector3.UnitZ).X.ShouldBe(0.5f, 1e-4f);
        Facing(0, 30, 0, Vector3.UnitZ).Y.ShouldBe(0.5f, 1e-4f);
        Facing(0, 0, 30, Vector3.UnitY).X.ShouldBe(0.5f, 1e-4f);
    }

    [Fact]
    public void A_placed_head_has_its_middle_and_size_where_they_were_asked_for()
    {
        for (int i = 0; i < 50; i++)
        {
            var random = new RandomStream((ulong)i);
            (float Yaw, float Pitch, float Roll) turn = PoseSampler.DrawTurn(random);
            var center = new Vector2(100, 140);
            (PinholeCamera camera, HeadPlacement placement) = PoseSampler.Place(random, 256, 256, 60, center, turn);
            Vector2 middle = camera.Project(Vector3.Transform(new Vector3(0, -3.2f, 1), placement.ToCamera()));
            Vector2.Distance(middle, center).ShouldBeLessThan(0.05f);
            float depth = -Vector3.Transform(new Vector3(0, -3.2f, 1), placement.ToCamera()).Z;
            (camera.FocalLength * PoseSampler.EyeDistanceCentimetres / depth).ShouldBe(60, 0.05f);
        }
    }

    [Fact]
    public void Most_heads_are_turned_little_none_beyond_the_limits()
    {
        var random = new RandomStream(1);
        int little = 0;
        for (int i = 0; i < 2000; i++)
        {
            (float yaw, float pitch, float roll) = PoseSampler.DrawTurn(random);
            MathF.Abs(yaw).ShouldBeLessThanOrEqualTo(60);
            MathF.Abs(pitch).ShouldBeLessThanOrEqualTo(35);
            MathF.Abs(roll).ShouldBeLessThanOrEqualTo(30);
            little += MathF.Abs(yaw) < 25 && MathF.Abs(pitch) < 15 ? 1 : 0;
        }

        little.ShouldBeInRange(1500, 1950);
    }

    [Fact]
    public void A_faultless_camera_shows_middle_grey_as_srgb_does()
    {
        byte[] rgb = Develop(0.2140f, new CameraSettings());
        rgb.ShouldAllBe(value => Math.Abs(value - 127.5) < 1.6);
    }

    [Fact]
    public void Twice_the_exposure_is_brighter_and_white_stays_white()
    {
        Develop(0.1f, new CameraSettings { Exposure = 2 })[0].ShouldBeGreaterThan(Develop(0.1f, new CameraSettings())[0]);
        Develop(50, new CameraSettings())[0].ShouldBe((byte)255);
    }

    [Fact]
    public void A_grey_picture_stays_grey_with_noise_and_codec()
    {
        byte[] rgb = Develop(0.3f, new CameraSettings { Saturation = 0, ReadNoise = 0.02f, ColorCast = new Vector3(1.2f, 1, 0.8f), JpegQuality = 60, Seed = 3 });
        for (int i = 0; i < rgb.Length; i += 3)
        {
            Math.Abs(rgb[i] - rgb[i + 1]).ShouldBeLessThanOrEqualTo(1);
            Math.Abs(rgb[i + 2] - rgb[i + 1]).ShouldBeLessThanOrEqualTo(1);
        }
    }

    [Fact]
    public void Noise_has_the_deviation_that_was_asked_for()
    {
        byte[] rgb = Develop(0.2140f, new CameraSettings { ReadNoise = 0.04f, Saturation = 0, Seed = 5 });
        double mean = rgb.Average(value => (double)value);
        double deviation = Math.Sqrt(rgb.Average(value => (value - mean) * (value - mean)));
        deviation.ShouldBe(0.04 * 255, 1);
    }

    [Fact]
    public void Eye_distances_of_drawn_cameras_are_spread_evenly_over_their_logarithm()
    {
        var random = new RandomStream(2);
        int small = 0;
        for (int i = 0; i < 2000; i++)
        {
            float eyes = CameraSampler.LargestEyeDistance * CameraSampler.Draw(random.Split((ulong)i), CameraSampler.LargestEyeDistance, 1).Resolution;
            eyes.ShouldBeInRange(CameraSampler.SmallestEyeDistance - 0.1f, CameraSampler.LargestEyeDistance + 0.1f);
            small += eyes < MathF.Sqrt(CameraSampler.SmallestEyeDistance * CameraSampler.LargestEyeDistance) ? 1 : 0;
        }

        small.ShouldBeInRange(900, 1100);
    }

    private static byte[] Develop(float light, CameraSettings settings)
    {
        var image = new LinearImage(48, 40);
        Array.Fill(image.Pixels, new Vector4(light, light, light, 1));
        byte[] rgb = new byte[48 * 40 * 3];
        new CameraDeveloper().Develop(image, settings, rgb);
        return rgb;
    }
}
