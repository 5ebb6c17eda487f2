using AuStream.Pipeline.Evaluating.Datasets;
using AuStream.Synthesis.Samples;

namespace AuStream.Graph.Tests.Evaluating;

public sealed class SyntheticReaderTests
{
    [Fact]
    public void Test_shards_are_read_with_levels_poses_and_each_person_s_other_neutral_picture()
    {
        using DatasetTree tree = new();
        WriteShard(tree, "test-00000", "test");
        WriteShard(tree, "train-00000", "train");
        LabeledSet set = tree.Read("synthetic");
        LabeledItem item = set.Items.ShouldHaveSingleItem();

        item.Name.ShouldBe("test-00000");
        item.Subjects.ShouldBe(["7", "7", "7", "9"]);
        DatasetTree.Presence(set, item, 12).ShouldBe([0, 0, 1, LabeledItem.Unlabeled]);
        DatasetTree.Intensities(set, item, 12)[2].ShouldBe(1);
        item.Poses!.Select(pose => pose.Yaw).ShouldBe([0, 10, 20, 30]);
        item.References.ShouldBe(["1", "0", "0", ""]);
        DatasetTree.Presence(set, item, 6).ShouldBe([0, 0, 1, 0]);
        LabeledSet strict = tree.Read("synthetic", presentFrom: 2);
        DatasetTree.Presence(strict, strict.Items[0], 12).ShouldBe([0, 0, 0, LabeledItem.Unlabeled]);
        Should.Throw<DatasetException>(() => tree.Read("synthetic", "validation")).Message.ShouldContain("austream synth");
    }

    [Fact]
    public void A_shard_without_an_array_is_named()
    {
        using DatasetTree tree = new();
        WriteShard(tree, "test-00000", "test");
        File.Delete(Path.Combine(tree.Root, "test-00000", "pose.npy"));
        Should.Throw<DatasetException>(() => tree.Read("synthetic")).Message.ShouldContain("pose.npy");
    }

    private static void WriteShard(DatasetTree tree, string name, string split)
    {
        tree.Write($"{name}/shard.json", $"{{\"schema\":\"austream.shard/1\",\"split\":\"{split}\",\"shard\":0,\"count\":4,\"identities\":[7,9],\"action_units\":[6,12],\"crop_side\":144,\"options\":{{}},\"found\":[]}}");
        string folder = Path.Combine(tree.Root, name);
        NpyWriter.Write<float>(Path.Combine(folder, "intensity.npy"), [0, 0, 0, 0.5f, 3, 1, 0, float.NaN], 4, 2);
        NpyWriter.Write<long>(Path.Combine(folder, "identity.npy"), [7, 7, 7, 9], 4);
        NpyWriter.Write<byte>(Path.Combine(folder, "neutral.npy"), [1, 1, 0, 1], 4);
        NpyWriter.Write<float>(Path.Combine(folder, "pose.npy"), [0, 0, 0, 10, 0, 0, 20, 0, 0, 30, 0, 0], 4, 3);
    }
}
