using AuStream.Models.Manifests;
using AuStream.Stages.Alignment;
using AuStream.Stages.Faces;
using AuStream.Stages.Frames;
using AuStream.Stages.Sampling;
using AuStream.Stages.Tests.Sampling;
using AuStream.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace AuStream.Stages.Tests.Alignment;

public sealed class FaceAlignerTests
{
    private const int Size = 48;
    private static readonly FramePool Pool = new();
    private static readonly int[] Features = [1, 61, 291, 10, 152];

    private static readonly CropManifest Crop = new()
    {
        Size = Size,
        AnchorLandmarks = [33, 133, 362, 263, 168],
        AnchorPoints = [10, 18, 19, 18.5f, 29, 18.5f, 38, 18, 24, 15],
        Mean = [120, 110, 100],
        Deviation = [50, 60, 70],
    };

    [Fact]
    public void Aligned_features_do_not_change_when_the_face_moves_turns_or_grows() => Prop.ForAll(Seeds.Any, seed =>
    {
        Random random = new(seed);
        FaceAligner aligner = new(Crop, Features);
        FaceObservation face = RandomFace(random, 300);
        FaceObservation moved = Moved(face, 0.2 + (5 * random.NextDouble()), 6 * random.NextDouble(), 900 * random.NextDouble(), -400 * random.NextDouble());

        float[] expected = AlignedFeatures(aligner, face);
        float[] actual = AlignedFeatures(aligner, moved);

        for (int i = 0; i < expected.Length; i++)
        {
            actual[i].ShouldBe(expected[i], 2e-4f * Math.Max(1, Math.Abs(expected[i])));
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Features_are_crop_pixels_from_the_crop_centre_divided_by_the_crop_size()
    {
        FaceAligner aligner = new(Crop, [1, 61]);
        FaceObservation face = CanonicalFace();
        SetLandmark(face, 1, 24, 24);
        SetLandmark(face, 61, 0, 48);

        AlignedFeatures(aligner, face).ShouldBe([0f, 0f, -0.5f, 0.5f], 1e-5f);
    }

    [Theory]
    [InlineData(0.4, "a small face is enlarged bilinearly")]
    [InlineData(1.0, "crop and frame pixels of one size")]
    [InlineData(1.45, "below 1.5 plain bilinear")]
    [InlineData(1.6, "from 1.5 on blocks of two")]
    [InlineData(4.3, "a large face is averaged over blocks of four")]
    public void The_crop_is_the_double_precision_reference_at_every_size_of_the_face(double scale, string why)
    {
        FaceAligner aligner = new(Crop, []);
        using VideoFrame frame = RandomFrame(311, 233);
        FaceObservation face = Moved(CanonicalFace(), scale, 0.3, 40, 10);
        float[] image = new float[aligner.ImageLength];

        aligner.TryFit(face, out AffineMap frameToCrop).ShouldBeTrue();
        aligner.SampleImage(frame, frameToCrop, image);

        AffineMap map = ReferenceMap(face);
        int block = scale < 1.5 ? 1 : (int)Math.Round(scale);
        double[] expected = PlainSampler.Sample(frame, map, Size, Size, 1, 0, SamplingBorder.Clamp, block);
        for (int i = 0; i < expected.Length; i++)
        {
            int channel = i / (Size * Size);
            double normalised = (expected[i] - Crop.Mean[channel]) / Crop.Deviation[channel];
            ((double)image[i]).ShouldBe(normalised, 0.1 / 50, why);
        }
    }

    [Fact]
    public void A_large_face_keeps_the_mean_of_fine_stripes_instead_of_aliasing()
    {
        FaceAligner aligner = new(Crop, []);
        using VideoFrame frame = Pool.Rent(400, 400, YuvColor.Bt601Full);
        frame.Buffer.Span.Fill(128);
        for (int i = 0; i < 400 * 400; i++)
        {
            frame.Buffer.Span[i] = (byte)((i % 2) * 200);
        }

        FaceObservation face = Moved(CanonicalFace(), 4, 0, 30, 30);
        float[] image = new float[aligner.ImageLength];
        aligner.TryFit(face, out AffineMap frameToCrop).ShouldBeTrue();
        aligner.SampleImage(frame, frameToCrop, image);

        for (int i = 0; i < Size * Size; i++)
        {
            ((image[i] * 50) + 120).ShouldBe(100f, 0.5f);
        }
    }

    [Fact]
    public void Landmarks_that_coincide_or_are_not_finite_give_no_alignment()
    {
        FaceAligner aligner = new(Crop, Features);
        aligner.TryFit(new FaceObservation(), out _).ShouldBeFalse();

        FaceObservation face = CanonicalFace();
        SetLandmark(face, 61, float.NaN, 3);
        aligner.TryFit(face, out AffineMap map).ShouldBeTrue("the anchors are fine");
        aligner.TryWriteFeatures(face, map, new float[aligner.FeatureLength]).ShouldBeFalse();
        SetLandmark(face, 33, 1, float.NegativeInfinity);
        aligner.TryFit(face, out _).ShouldBeFalse();
    }

    [Fact]
    public void A_crop_that_contradicts_itself_is_refused_by_field()
    {
        Should.Throw<ArgumentException>(() => new FaceAligner(Crop with { AnchorPoints = [1, 2] }, []))
            .Message.ShouldContain("crop.anchor_points");
        Should.Throw<ArgumentException>(() => new FaceAligner(Crop, [468])).Message.ShouldContain("landmarks[0]");
    }

    [Fact]
    public void Aligning_allocates_nothing()
    {
        FaceAligner aligner = new(Crop, Features);
        using VideoFrame frame = RandomFrame(320, 240);
        FaceObservation face = Moved(CanonicalFace(), 3, 0.1, 40, 40);
        float[] image = new float[aligner.ImageLength];
        float[] features = new float[aligner.FeatureLength];
        void Align()
        {
            aligner.TryFit(face, out AffineMap map);
            aligner.SampleImage(frame, map, image);
            aligner.TryWriteFeatures(face, map, features);
        }

        Align();
        AllocationMeter.Least(() =>
        {
            for (int i = 0; i < 20; i++)
            {
                Align();
            }
        }).ShouldBe(0);
    }

    private static float[] AlignedFeatures(FaceAligner aligner, FaceObservation face)
    {
        float[] features = new float[aligner.FeatureLength];
        aligner.TryFit(face, out AffineMap map).ShouldBeTrue();
        aligner.TryWriteFeatures(face, map, features).ShouldBeTrue();
        return features;
    }

    private static AffineMap ReferenceMap(FaceObservation face)
    {
        double[] source = [.. Crop.AnchorLandmarks.SelectMany(index => new double[] { face.Landmarks[3 * index], face.Landmarks[(3 * index) + 1] })];
        (double a, double b, double c, double d) = NormalEquations.Solve(source, [.. Crop.AnchorPoints.Select(value => (double)value)]);
        return new AffineMap(a, -b, c, b, a, d).Inverse();
    }

    private static FaceObservation CanonicalFace()
    {
        FaceObservation face = RandomFace(new Random(3), Size);
        for (int i = 0; i < Crop.AnchorLandmarks.Count; i++)
        {
            SetLandmark(face, Crop.AnchorLandmarks[i], Crop.AnchorPoints[2 * i], Crop.AnchorPoints[(2 * i) + 1]);
        }

        return face;
    }

    private static FaceObservation RandomFace(Random random, double range)
    {
        FaceObservation face = new();
        for (int i = 0; i < face.Landmarks.Length; i++)
        {
            face.Landmarks[i] = (float)(range * random.NextDouble());
        }

        return face;
    }

    private static FaceObservation Moved(FaceObservation face, double scale, double angle, double dx, double dy)
    {
        AffineMap map = new(
            scale * Math.Cos(angle), -scale * Math.Sin(angle), dx,
            scale * Math.Sin(angle), scale * Math.Cos(angle), dy);
        FaceObservation moved = new();
        for (int i = 0; i < FaceObservation.LandmarkCount; i++)
        {
            (double x, double y) = map.Apply(face.Landmarks[3 * i], face.Landmarks[(3 * i) + 1]);
            SetLandmark(moved, i, (float)x, (float)y);
        }

        return moved;
    }

    private static void SetLandmark(FaceObservation face, int index, float x, float y)
    {
        face.Landmarks[3 * index] = x;
        face.Landmarks[(3 * index) + 1] = y;
    }

    private static VideoFrame RandomFrame(int width, int height)
    {
        VideoFrame frame = Pool.Rent(width, height, YuvColor.Bt709Limited);
        new Random(11).NextBytes(frame.Buffer.Span);
        return frame;
    }
}
