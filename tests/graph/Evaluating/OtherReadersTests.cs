using AuStream.Pipeline.Commands;
using AuStream.Pipeline.Evaluating.Datasets;

namespace AuStream.Graph.Tests.Evaluating;

public sealed class OtherReadersTests
{
    private const string GftHeader = "Frame,1,2,4,6,7,10,12,14,15,17,23,24";

    [Fact]
    public void Gft_counts_level_B_and_above_as_present_and_prefers_intensities()
    {
        using DatasetTree tree = new DatasetTree()
            .Write("AU_INT/001A.csv", GftHeader, "1,0,0,0,0,0,0,1,0,0,0,0,9", "2,0,0,0,0,0,0,2,0,0,0,0,5")
            .Write("AU_OCC/001A.csv", GftHeader, "1,0,0,0,0,0,0,1,0,0,0,0,1", "2,0,0,0,0,0,0,1,0,0,0,0,1")
            .Media("Videos/001A.mp4");
        LabeledSet set = tree.Read("gft", "all");
        LabeledItem item = set.Items.ShouldHaveSingleItem();

        DatasetTree.Presence(set, item, 12).ShouldBe([0, 1]);
        DatasetTree.Presence(set, item, 24).ShouldBe([LabeledItem.Unlabeled, 1]);
        DatasetTree.Intensities(set, item, 24)[1].ShouldBe(5);
        item.Frames.ShouldBe([0, 1]);
        set.PresenceRule.ShouldContain("2 or more");
    }

    [Fact]
    public void Gft_occurrence_is_taken_as_it_is()
    {
        using DatasetTree tree = new DatasetTree().Write("labels/014B.csv", GftHeader, "1,0,0,0,0,0,0,1,0,0,0,0,0").Media("014B.mp4");
        LabeledSet set = tree.Read("gft", "all");

        DatasetTree.Presence(set, set.Items[0], 12).ShouldBe([1]);
        set.Items[0].Intensities.ShouldBeNull();
        Should.Throw<UsageException>(() => tree.Read("gft", "all", presentFrom: 3)).Message.ShouldContain("occurrence");
    }

    [Fact]
    public void Fera17_reads_seven_views_of_the_validation_partition_and_the_others_when_asked_for()
    {
        DatasetTree Partition(DatasetTree tree, string partition)
        {
            string name = $"FERA17_{partition}_rF001_T1";
            tree.Write($"{partition}_Occ/{name}.csv", "0,1,4,6,7,10,12,14,15,17,23", "1,0,0,0,0,0,1,0,0,0,9", "2,0,0,0,0,0,0,0,0,0,0");
            return tree.Media([.. Enumerable.Range(1, 9).Select(view => $"{partition}_MV/{name}_{view}.mp4")]);
        }

        using DatasetTree tree = Partition(Partition(new DatasetTree(), "VA"), "TR");
        LabeledSet set = tree.Read("fera17");

        set.Items.Select(item => item.View).ShouldBe(["view 2", "view 3", "view 4", "view 5", "view 6", "view 8", "view 9"]);
        set.Items.ShouldAllBe(item => item.Source.Contains("FERA17_VA_") && item.Subjects[0] == "rF001");
        DatasetTree.Presence(set, set.Items[0], 12).ShouldBe([1, 0]);
        DatasetTree.Presence(set, set.Items[0], 23).ShouldBe([LabeledItem.Unlabeled, 0]);
        tree.Read("fera17", "9-views").Items.Count.ShouldBe(9);
        tree.Read("fera17", "train-7-views").Items.ShouldAllBe(item => item.Source.Contains("FERA17_TR_"));
        using DatasetTree empty = new();
        Should.Throw<DatasetException>(() => empty.Read("fera17")).Message.ShouldContain("validation videos");
    }

    [Fact]
    public void EmotioNet_leaves_999_unlabelled_and_reports_pictures_that_are_not_there()
    {
        string Line(string name, int first, int twelfth) =>
            string.Join('\t', [$"http://host/Images/N_1/{name}", "http://elsewhere/x", .. Enumerable.Range(1, 60).Select(unit => (unit == 1 ? first : unit == 12 ? twelfth : 0).ToString())]);
        using DatasetTree tree = new DatasetTree()
            .Write("dataFile_0001.txt", Line("N_1_00001.jpg", 999, 1), Line("N_1_00002.jpg", 1, 0), Line("N_1_00003.jpg", 0, 0))
            .Media("images/N_1/N_1_00001.jpg", "images/N_1/N_1_00003.jpg");
        LabeledSet set = tree.Read("emotionet");
        LabeledItem item = set.Items.ShouldHaveSingleItem();

        set.ActionUnits.ShouldBe([1, 2, 4, 5, 6, 9, 12, 17, 20, 25, 26]);
        item.Pictures.Select(Path.GetFileName).ShouldBe(["N_1_00001.jpg", "N_1_00003.jpg"]);
        DatasetTree.Presence(set, item, 1).ShouldBe([LabeledItem.Unlabeled, 0]);
        DatasetTree.Presence(set, item, 12).ShouldBe([1, 0]);
        item.Subjects.Distinct().Count().ShouldBe(2);
        set.Notes.ShouldHaveSingleItem().ShouldContain("1 labelled pictures are not there");

        tree.Write("dataFile_0002.txt", Line("N_1_00003.jpg", 2, 0));
        Should.Throw<DatasetException>(() => tree.Read("emotionet")).Message.ShouldContain("dataFile_0002.txt, line 1");
    }

    [Fact]
    public void CohnKanade_labels_the_last_picture_and_strength_zero_means_present()
    {
        using DatasetTree tree = Sequence();
        LabeledSet set = tree.Read("ck+");
        LabeledItem item = set.Items.ShouldHaveSingleItem();

        item.Pictures.ShouldHaveSingleItem().ShouldEndWith("S005_001_00000003.png");
        DatasetTree.Presence(set, item, 9).ShouldBe([1]);
        DatasetTree.Intensities(set, item, 9).ShouldBe([4]);
        DatasetTree.Presence(set, item, 12).ShouldBe([1]);
        DatasetTree.Intensities(set, item, 12)[0].ShouldBe(float.NaN);
        DatasetTree.Presence(set, item, 25).ShouldBe([0]);
        set.ActionUnits.ShouldBe([1, 2, 4, 5, 6, 7, 9, 12, 15, 17, 20, 23, 24, 25]);
    }

    [Fact]
    public void CohnKanade_can_add_each_sequence_s_neutral_first_picture()
    {
        using DatasetTree tree = Sequence();
        LabeledSet set = tree.Read("ck+", "last-and-first-frame");
        LabeledItem item = set.Items.ShouldHaveSingleItem();

        item.Pictures.Select(Path.GetFileName).ShouldBe(["S005_001_00000003.png", "S005_001_00000001.png"]);
        DatasetTree.Presence(set, item, 9).ShouldBe([1, 0]);
        item.IsSequence.ShouldBeFalse();
        item.References!.Select(Path.GetFileName).ShouldBe(["S005_001_00000001.png", "S005_001_00000001.png"]);
    }

    [Fact]
    public void CohnKanade_names_a_broken_line()
    {
        using DatasetTree tree = Sequence().Write("FACS/S005/001/S005_001_00000003_facs.txt", "  9.0000000e+00   4.0000000e+00", "  1.5000000e+00   1.0000000e+00");
        Should.Throw<DatasetException>(() => tree.Read("ck+")).Message.ShouldContain("S005_001_00000003_facs.txt, line 2");
    }

    [Fact]
    public void A_missing_folder_and_an_empty_one_say_what_belongs_there()
    {
        using DatasetTree empty = new();
        foreach (IDatasetReader reader in DatasetReaders.All)
        {
            Should.Throw<DatasetException>(() => empty.Read(reader.Id)).Message.ShouldContain(empty.Root, Case.Sensitive, reader.Id);
            Should.Throw<DatasetException>(() => DatasetReaders.Read(reader.Id, new DatasetRequest(Path.Combine(empty.Root, "none")))).Message.ShouldContain("no such folder");
        }
    }

    private static DatasetTree Sequence() => new DatasetTree()
        .Write("FACS/S005/001/S005_001_00000003_facs.txt", "   9.0000000e+00   4.0000000e+00", "   1.2000000e+01   0.0000000e+00", "")
        .Media("cohn-kanade-images/S005/001/S005_001_00000001.png", "cohn-kanade-images/S005/001/S005_001_00000002.png", "cohn-kanade-images/S005/001/S005_001_00000003.png");
}
