using System.Numerics;
using System.Text.Json;
using AuStream.Synthesis.Samples;
using AuStream.Synthesis.Tests.People;

namespace AuStream.Synthesis.Tests.Samples;

public sealed class SequenceShardWriterTests : IDisposable
{
    private static readonly SequenceSampleOptions Small = new() { Seed = 7, FramesPerClip = 16, ForeignReferences = 1, OwnReferences = 1, LargestTexture = 64 };

    private readonly string _folder = Directory.CreateTempSubdirectory("austream-sequences-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Rows_say_whose_clip_and_when_whatever_the_number_of_threads_and_a_stopped_run_goes_on()
    {
        Write("one", threads: 1);
        RowsSayWhoseClipWhenAndWhetherTheFaceWasFound("one");
        string[] files = Files("one");
        files.Length.ShouldBe(3 * 17);
        Write("two", threads: 2);
        Files("two").ShouldBe(files);
        string kept = Path.Combine(_folder, "two", "test-00000", "intensity.npy");
        DateTime written = File.GetLastWriteTimeUtc(kept);
        Directory.Move(Path.Combine(_folder, "two", "train-00000"), Path.Combine(_folder, "two", "train-00000.unfinished"));
        Write("two", threads: 2);
        File.GetLastWriteTimeUtc(kept).ShouldBe(written);
        Files("two").ShouldBe(files);
        foreach (string file in files)
        {
            File.ReadAllBytes(Path.Combine(_folder, "two", file)).ShouldBe(File.ReadAllBytes(Path.Combine(_folder, "one", file)), file);
        }

        Should.Throw<InvalidDataException>(() => Write("one", threads: 2, seed: 8)).Message.ShouldContain("other options");
    }

    [Fact]
    public void People_are_split_as_pictures_are_with_more_of_them_for_the_test()
    {
        var options = new SequenceShardOptions { Clips = 100, ClipsPerShard = 30 };
        IReadOnlyList<(DataSplit Split, int Number, long[] Identities)> plan = options.Plan();
        plan.ShouldAllBe(shard => shard.Identities.All(identity => identity >= options.FirstIdentity && DataSplits.Of(identity) == shard.Split));
        plan.SelectMany(shard => shard.Identities).Distinct().Count().ShouldBe(100);
        plan.Where(shard => shard.Split == DataSplit.Train).Sum(shard => shard.Identities.Length).ShouldBe(72);
        plan.Where(shard => shard.Split == DataSplit.Validation).Sum(shard => shard.Identities.Length).ShouldBe(8);
        plan.Where(shard => shard.Split == DataSplit.Test).Sum(shard => shard.Identities.Length).ShouldBe(20);
    }

    [Fact]
    public void A_shard_of_pictures_is_no_shard_of_sequences()
    {
        string folder = Path.Combine(_folder, "pictures");
        Directory.CreateDirectory(folder);
        Should.Throw<InvalidDataException>(() => SequenceShardDescription.Read(folder)).Message.ShouldContain("austream synth sequences");
        File.WriteAllText(Path.Combine(folder, "shard.json"), JsonSerializer.Serialize(new { schema = "austream.shard/1" }));
        Should.Throw<InvalidDataException>(() => SequenceShardDescription.Read(folder)).Message.ShouldContain("austream synth sequences");
    }

    [Fact]
    public void Options_out_of_range_are_refused_with_the_limits()
    {
        Should.Throw<ArgumentException>(() => (Small with { FramesPerClip = 4 }).Validate()).Message.ShouldContain("16 to 600");
        Should.Throw<ArgumentException>(() => (Small with { CalmShare = 0.7f, BeginsHeldShare = 0.6f }).Validate()).Message.ShouldContain("between 0 and 1");
        Should.Throw<ArgumentException>(() => (Small with { OwnReferences = 0 }).Validate()).Message.ShouldContain("at least 1");
        Should.Throw<ArgumentException>(() => new SequenceShardOptions { Clips = 3 }.Validate()).Message.ShouldContain("at least 5");
    }

    private void Write(string name, int threads, ulong seed = 7)
    {
        var shards = new SequenceShardOptions { Clips = 5, TrainShare = 0.4, ClipsPerShard = 3, Threads = threads };
        new SequenceShardWriter(LoadedAssets.RequireMakeHumanOnly(), Small with { Seed = seed }, shards, () => new LeftHalfCropper()).Write(Path.Combine(_folder, name));
    }

    private void RowsSayWhoseClipWhenAndWhetherTheFaceWasFound(string name)
    {
        foreach (string shard in Directory.GetDirectories(Path.Combine(_folder, name)))
        {
            SequenceShardDescription description = SequenceShardDescription.Read(shard);
            NpyArrayOf(shard, "crop").ShouldBe([description.Count, 8, 8, 3]);
            NpyArrayOf(shard, "mesh").ShouldBe([description.Count, 468, 3]);
            float[] seconds = Singles(shard, "seconds");
            float[] intensity = Singles(shard, "intensity");
            int[] clip = Open(shard, "clip").ToInt32s();
            byte[] neutral = Open(shard, "neutral").ToBytes().ToArray();
            byte[] found = Open(shard, "found").ToBytes().ToArray();
            byte[] crop = Open(shard, "crop").ToBytes().ToArray();
            description.Clips.Sum(one => one.References + one.Frames).ShouldBe(description.Count);
            for (int number = 0; number < description.Clips.Count; number++)
            {
                SequenceClip one = description.Clips[number];
                one.References.ShouldBe(2);
                for (int row = one.FirstRow; row < one.FirstRow + 2 + one.Frames; row++)
                {
                    bool isReference = row < one.FirstRow + 2;
                    clip[row].ShouldBe(number);
                    neutral[row].ShouldBe(isReference ? (byte)1 : (byte)0);
                    float.IsNaN(seconds[row]).ShouldBe(isReference);
                    if (isReference)
                    {
                        intensity.AsSpan(row * 21, 21).ToArray().Max().ShouldBeLessThan(0.5f);
                    }
                    else if (row > one.FirstRow + 2)
                    {
                        seconds[row].ShouldBeGreaterThan(seconds[row - 1]);
                    }

                    // What the cropper left in the buffers of a face it did not find must not stay there.
                    crop.AsSpan(row * 192, 192).ToArray().ShouldAllBe(value => value == found[row]);
                }
            }

            found.ShouldContain((byte)0);
            found.ShouldContain((byte)1);
        }
    }

    private string[] Files(string name) =>
        [.. Directory.GetFiles(Path.Combine(_folder, name), "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Path.Combine(_folder, name), file)).Order(StringComparer.Ordinal)];

    private static int[] NpyArrayOf(string shard, string name) => [.. Open(shard, name).Shape];

    private static float[] Singles(string shard, string name) => Open(shard, name).ToSingles();

    private static AuStream.Synthesis.Assets.NpyArray Open(string shard, string name)
    {
        string path = Path.Combine(shard, name + ".npy");
        using FileStream file = File.OpenRead(path);
        return AuStream.Synthesis.Assets.NpyArray.Read(file, path);
    }

    /// <summary>Finds faces whose middle lies left of the picture's; leaves rubbish behind where it finds none.</summary>
    private sealed class LeftHalfCropper : ISampleCropper
    {
        public int CropSide => 8;

        public string LandmarkNetwork => "left half";

        public bool TryCrop(ReadOnlySpan<byte> rgb256, ReadOnlySpan<Vector2> points68, Span<byte> crop, Span<float> mesh, out Matrix3x2 frameToCrop)
        {
            frameToCrop = Matrix3x2.Identity;
            bool isFound = FaceBox.Around(points68) is var box && box.X + (box.Width / 2) < Sample.Side / 2f;
            crop.Fill(isFound ? (byte)1 : (byte)77);
            mesh.Fill(3);
            return isFound;
        }
    }
}
