using AuStream.Stages.Frames;
using AuStream.Stages.Sampling;
using AuStream.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace AuStream.Stages.Tests.Sampling;

public sealed class YuvAffineSamplerTests
{
    private static readonly FramePool Pool = new();

    [Fact]
    public void Any_map_of_any_small_frame_agrees_with_the_double_precision_reference() =>
        Prop.ForAll<int>(seed => AgreesWithReference(seed, largestSide: 90, largestScale: 1.4, tolerance: 0.05)).QuickCheckThrowOnFailure();

    [Fact]
    public void Strong_minification_averages_blocks_as_the_reference_does() =>
        Prop.ForAll<int>(seed => AgreesWithReference(seed, largestSide: 400, largestScale: 12, tolerance: 0.05)).QuickCheckThrowOnFailure();

    [Fact]
    public void Sampling_a_big_frame_keeps_subpixel_precision()
    {
        AgreesWithReference(7, 3000, 1.2, tolerance: 0.2);
        AgreesWithReference(8, 3000, 9, tolerance: 0.2);
    }

    [Fact]
    public void Identity_of_a_grey_full_range_frame_returns_its_luma()
    {
        using VideoFrame frame = Pool.Rent(13, 5, YuvColor.Bt601Full);
        frame.Buffer.Span.Fill(128);
        for (int i = 0; i < 65; i++)
        {
            frame.Buffer.Span[i] = (byte)(3 * i);
        }

        float[] planes = new float[3 * 65];
        YuvAffineSampler.Sample(frame, AffineMap.Identity, 13, 5, Normalization.ToRange(0, 255), planes);

        for (int i = 0; i < planes.Length; i++)
        {
            planes[i].ShouldBe(3 * (i % 65), 1e-3f);
        }
    }

    [Fact]
    public void Normalisation_is_applied_per_channel_and_black_is_normalised_too()
    {
        using VideoFrame frame = Pool.Rent(8, 8, YuvColor.Bt601Full);
        frame.Buffer.Span.Fill(128);
        Normalization normalization = Normalization.FromMeanAndDeviation([10, 20, 30], [1, 2, 4]);
        float[] planes = new float[3 * 16 * 8];

        YuvAffineSampler.Sample(frame, AffineMap.Identity, 16, 8, normalization, planes, SamplingBorder.Black);

        planes[0].ShouldBe(118, 1e-3f);
        planes[128].ShouldBe(54, 1e-3f);
        planes[256].ShouldBe(24.5f, 1e-3f);
        planes[8].ShouldBe(-10, 1e-3f);
        planes[128 + 8].ShouldBe(-10, 1e-3f);
        planes[256 + 8].ShouldBe(-7.5f, 1e-3f);
    }

    [Fact]
    public void A_destination_that_is_too_short_is_refused()
    {
        using VideoFrame frame = Pool.Rent(8, 8, YuvColor.Bt601Full);
        Should.Throw<ArgumentException>(() => YuvAffineSampler.Sample(frame, AffineMap.Identity, 8, 8, default, new float[191]))
            .Message.ShouldContain("192");
        Should.Throw<ArgumentException>(() => YuvAffineSampler.Sample(frame, new AffineMap(double.NaN, 0, 0, 0, 1, 0), 8, 8, default, new float[192]));
    }

    [Fact]
    public void Sampling_allocates_nothing_in_steady_state()
    {
        using VideoFrame frame = Pool.Rent(640, 480, YuvColor.Bt709Limited);
        float[] planes = new float[3 * 96 * 96];
        AffineMap near = AffineMap.FromRotatedSquare(300, 200, 100, 0.3, 96);
        AffineMap far = AffineMap.FromRotatedSquare(300, 200, 600, 0.3, 96);
        void Both()
        {
            YuvAffineSampler.Sample(frame, near, 96, 96, Normalization.ToRange(-1, 1), planes);
            YuvAffineSampler.Sample(frame, far, 96, 96, Normalization.ToRange(-1, 1), planes, SamplingBorder.Black);
        }

        Both();
        AllocationMeter.Least(() =>
        {
            for (int i = 0; i < 20; i++)
            {
                Both();
            }
        }).ShouldBe(0);
    }

    [Fact]
    public void A_picture_survives_the_way_through_a_frame_within_the_loss_of_chroma_resolution()
    {
        const int Size = 32;
        byte[] rgb = new byte[Size * Size * 3];
        for (int i = 0; i < Size * Size; i++)
        {
            rgb[3 * i] = (byte)(40 + (5 * (i % Size)));
            rgb[(3 * i) + 1] = (byte)(60 + (4 * (i / Size)));
            rgb[(3 * i) + 2] = 90;
        }

        using VideoFrame frame = RgbPicture.ToFrame(Pool, rgb, Size, Size);
        float[] planes = new float[rgb.Length];
        YuvAffineSampler.Sample(frame, AffineMap.Identity, Size, Size, Normalization.ToRange(0, 255), planes);

        for (int row = 2; row < Size - 2; row++)
        {
            for (int column = 2; column < Size - 2; column++)
            {
                int i = (row * Size) + column;
                for (int channel = 0; channel < 3; channel++)
                {
                    planes[(channel * Size * Size) + i].ShouldBe(rgb[(3 * i) + channel], 2.5f);
                }
            }
        }
    }

    private static void AgreesWithReference(int seed, int largestSide, double largestScale, double tolerance)
    {
        Random random = new(seed);
        int width = random.Next(1, largestSide + 1);
        int height = random.Next(1, largestSide + 1);
        YuvColor color = (YuvColor)random.Next(4);
        SamplingBorder border = (SamplingBorder)random.Next(2);
        int outputWidth = random.Next(1, 40);
        int outputHeight = random.Next(1, 20);
        using VideoFrame frame = Pool.Rent(width, height, color);
        random.NextBytes(frame.Buffer.Span);
        double scale = 0.1 + (random.NextDouble() * (largestScale - 0.1));
        double angle = random.NextDouble() * 2 * Math.PI;
        double aspect = 0.8 + (0.4 * random.NextDouble());
        AffineMap map = new(
            scale * Math.Cos(angle), -scale * aspect * Math.Sin(angle), (random.NextDouble() * width * 1.5) - (width * 0.25),
            scale * Math.Sin(angle), scale * aspect * Math.Cos(angle), (random.NextDouble() * height * 1.5) - (height * 0.25));
        float[] actual = new float[3 * outputWidth * outputHeight];

        YuvAffineSampler.Sample(frame, map, outputWidth, outputHeight, Normalization.ToRange(-100, 155), actual, border);

        int block = Math.Max(1, (int)Math.Round(map.Scale));
        double[] expected = PlainSampler.Sample(frame, map, outputWidth, outputHeight, 1, -100, border, block);
        for (int i = 0; i < expected.Length; i++)
        {
            int pixel = i % (outputWidth * outputHeight);
            (double x, double y) = map.Apply((pixel % outputWidth) + 0.5, (pixel / outputWidth) + 0.5);
            bool onBorder = border == SamplingBorder.Black
                && (Math.Min(Math.Abs(x), Math.Abs(x - width)) < 1e-3 || Math.Min(Math.Abs(y), Math.Abs(y - height)) < 1e-3);
            if (!onBorder)
            {
                ((double)actual[i]).ShouldBe(expected[i], tolerance, $"seed {seed}, {width}×{height}, {map}, {color}, {border}, value {i}");
            }
        }
    }
}
