using System.Numerics;
using AuStream.Synthesis.Assets;
using AuStream.Synthesis.Samples;
using AuStream.Synthesis.Tests.People;

namespace AuStream.Synthesis.Tests.Samples;

public sealed class ShardWriterTests : IDisposable
{
    private static readonly SampleOptions Few = new() { Seed = 7, SamplesPerPerson = 3, LargestTexture = 64 };

    private readonly string _folder = Directory.CreateTempSubdirectory("austream-shards-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Two_threads_write_the_same_bytes_as_one()
    {
        Write("one", threads: 1);
        Write("two", threads: 2);
        string[] files = Files("one");
        files.Length.ShouldBeGreaterThan(10);
        Files("two").ShouldBe(files);
        foreach (string file in files)
        {
            File.ReadAllBytes(Path.Combine(_folder, "two", file)).ShouldBe(File.ReadAllBytes(Path.Combine(_folder, "one", file)), file);
        }
    }

    [Fact]
    public void Arrays_fit_together_and_say_what_was_made()
    {
        Write("all", threads: 2);
        string shard = Path.Combine(_folder, "all", "train-00000");
        ShardDescription description = ShardReader.ReadDescription(shard);
        description.Count.ShouldBe(description.Identities.Count * 3);
        ShardReader.ReadArray(shard, "image").Shape.ShouldBe([description.Count, 256, 256, 3]);
        ShardReader.ReadArray(shard, "intensity").Shape.ShouldBe([description.Count, 21]);
        ShardReader.ReadArray(shard, "points68").Shape.ShouldBe([description.Count, 68, 2]);
        ShardReader.ReadArray(shard, "pose").Shape.ShouldBe([description.Count, 3]);
        ShardReader.ReadArray(shard, "box").Shape.ShouldBe([description.Count, 4]);
        ShardReader.ReadArray(shard, "source").Shape.ShouldBe([description.Count]);
        float[] intensity = ShardReader.ReadArray(shard, "intensity").ToSingles();
        intensity.ShouldAllBe(value => value >= 0 && value <= 5);
        for (int person = 0; person < description.Identities.Count; person++)
        {
            // The first two samples of each person show the resting face.
            intensity.AsSpan(person * 3 * 21, 2 * 21).ToArray().Max().ShouldBeLessThan(0.5f);
        }
    }

    [Fact]
    public void Finished_shards_are_kept_and_unfinished_ones_are_made_again()
    {
        Write("again", threads: 2);
        string shard = Path.Combine(_folder, "again", "train-00000");
        byte[] first = File.ReadAllBytes(Path.Combine(shard, "intensity.npy"));
        DateTime written = File.GetLastWriteTimeUtc(Path.Combine(shard, "intensity.npy"));
        string other = Directory.GetDirectories(Path.Combine(_folder, "again")).Order().Last();
        Directory.Move(other, other + ".unfinished");
        Write("again", threads: 2);
        File.GetLastWriteTimeUtc(Path.Combine(shard, "intensity.npy")).ShouldBe(written);
        File.ReadAllBytes(Path.Combine(shard, "intensity.npy")).ShouldBe(first);
        Directory.Exists(other).ShouldBeTrue();
        Directory.Exists(other + ".unfinished").ShouldBeFalse();
    }

    [Fact]
    public void A_folder_of_another_run_is_refused()
    {
        Write("mixed", threads: 2);
        Should.Throw<InvalidDataException>(() => Write("mixed", threads: 2, seed: 8)).Message.ShouldContain("other options");
    }

    [Fact]
    public void Shards_say_which_landmark_network_placed_the_crops_and_are_not_mixed_with_another()
    {
        SynthesisAssets assets = LoadedAssets.RequireMakeHumanOnly();
        var options = new ShardOptions { People = 1, Threads = 1, KeepsImages = false };
        string folder = Path.Combine(_folder, "networks");
        new ShardWriter(assets, Few, options, () => new EverySecondCropper("a")).Write(folder);
        ShardReader.ReadDescription(Directory.GetDirectories(folder)[0]).LandmarkNetwork.ShouldBe("a");
        Should.Throw<InvalidDataException>(() => new ShardWriter(assets, Few, options, () => new EverySecondCropper("b")).Write(folder))
            .Message.ShouldContain("landmark network");
    }

    [Fact]
    public void People_are_in_one_split_only()
    {
        Write("splits", threads: 2);
        foreach (string shard in Directory.GetDirectories(Path.Combine(_folder, "splits")))
        {
            ShardDescription description = ShardReader.ReadDescription(shard);
            description.Identities.ShouldAllBe(identity => string.Equals(DataSplits.Of(identity).ToString(), description.Split, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public void Samples_whose_face_is_not_found_are_left_out_and_counted()
    {
        SynthesisAssets assets = LoadedAssets.RequireMakeHumanOnly();
        var options = new ShardOptions { People = 2, Threads = 1, KeepsImages = false };
        new ShardWriter(assets, Few, options, () => new EverySecondCropper()).Write(Path.Combine(_folder, "crops"));
        ShardDescription[] shards = [.. Directory.GetDirectories(Path.Combine(_folder, "crops")).Select(ShardReader.ReadDescription)];
        shards.Sum(shard => shard.Count).ShouldBe(3);
        shards.SelectMany(shard => shard.Found).Sum(found => found.Made).ShouldBe(6);
        shards.SelectMany(shard => shard.Found).Sum(found => found.Found).ShouldBe(3);
        string folder = Directory.GetDirectories(Path.Combine(_folder, "crops"))[0];
        ShardReader.ReadArray(folder, "crop").Shape.Skip(1).ShouldBe([8, 8, 3]);
        ShardReader.ReadArray(folder, "mesh").Shape.Skip(1).ShouldBe([468, 3]);
        File.Exists(Path.Combine(folder, "image.npy")).ShouldBeFalse();
        float[] points = ShardReader.ReadArray(folder, "points68").ToSingles();
        float[] inCrop = ShardReader.ReadArray(folder, "crop_points68").ToSingles();
        inCrop.Length.ShouldBe(points.Length);
        for (int i = 0; i < points.Length; i += 2)
        {
            Vector2 expected = Vector2.Transform(new Vector2(points[i], points[i + 1]), EverySecondCropper.FrameToCrop);
            new Vector2(inCrop[i], inCrop[i + 1]).ShouldBe(expected);
        }
    }

    private void Write(string name, int threads, ulong seed = 7)
    {
        SynthesisAssets assets = LoadedAssets.RequireMakeHumanOnly();
        new ShardWriter(assets, Few with { Seed = seed }, new ShardOptions { People = 4, FirstIdentity = 16, PeoplePerShard = 2, Threads = threads }, null).Write(Path.Combine(_folder, name));
    }

    private string[] Files(string name) =>
        [.. Directory.GetFiles(Path.Combine(_folder, name), "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Path.Combine(_folder, name), file)).Order(StringComparer.Ordinal)];

    private sealed class EverySecondCropper(string network = "a") : ISampleCropper
    {
        public static readonly Matrix3x2 FrameToCrop = new(0.5f, 0.1f, -0.1f, 0.5f, -40, 7);

        private int _count;

        public int CropSide => 8;

        public string LandmarkNetwork => network;

        public bool TryCrop(ReadOnlySpan<byte> rgb256, ReadOnlySpan<Vector2> points68, Span<byte> crop, Span<float> mesh, out Matrix3x2 frameToCrop)
        {
            frameToCrop = FrameToCrop;
            crop.Fill(1);
            mesh.Fill(2);
            return _count++ % 2 == 0;
        }
    }
}
