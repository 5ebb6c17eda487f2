using AuStream.Pipeline.Commands;
using AuStream.Pipeline.Evaluating.Datasets;

namespace AuStream.Graph.Tests.Evaluating;

public sealed class Bp4dReaderTests
{
    private const string Header = "0,1,2,4,6,7,10,12,14,15,17,23,24";

    [Fact]
    public void Codes_meet_the_pictures_of_the_same_number_and_nine_is_not_labelled()
    {
        using DatasetTree tree = new DatasetTree()
            .Write("AUCoding/AU_OCC/F001_T1.csv", Header, "0101,1,0,0,0,0,0,1,0,0,0,0,0", "102,9,0,0,0,0,0,0,0,0,0,0,0", "103,0,0,0,0,0,0,1,0,0,0,0,1")
            .Media("Sequences(2D+3D)/F001/T1/0101.jpg", "Sequences(2D+3D)/F001/T1/0103.jpg", "Sequences(2D+3D)/F001/T1/0104.jpg");
        LabeledSet set = tree.Read("bp4d", "all");

        set.ActionUnits.ShouldBe([1, 2, 4, 6, 7, 10, 12, 14, 15, 17, 23, 24]);
        LabeledItem item = set.Items.ShouldHaveSingleItem();
        item.Kind.ShouldBe(MediaKind.Pictures);
        item.Pictures.Select(Path.GetFileName).ShouldBe(["0101.jpg", "0103.jpg"]);
        item.Frames.ShouldBe([101, 103]);
        item.IsSequence.ShouldBeTrue();
        item.Subjects.ShouldAllBe(subject => subject == "F001");
        DatasetTree.Presence(set, item, 12).ShouldBe([1, 1]);
        DatasetTree.Presence(set, item, 24).ShouldBe([0, 1]);
        set.Notes.ShouldHaveSingleItem().ShouldContain("1 coded frames have no picture");
    }

    [Fact]
    public void A_video_per_task_serves_too_and_its_frames_are_counted_from_one()
    {
        using DatasetTree tree = new DatasetTree()
            .Write("AUCoding/AU_OCC/M002_T8.csv", Header, "1,9,0,0,0,0,0,0,0,0,0,0,0", "2,1,0,0,0,0,0,0,0,0,0,0,0")
            .Media("Videos/M002_T8.avi");
        LabeledItem item = tree.Read("bp4d", "all").Items.ShouldHaveSingleItem();

        item.Kind.ShouldBe(MediaKind.Video);
        item.Source.ShouldEndWith("M002_T8.avi");
        item.Frames.ShouldBe([0, 1]);
        item.Presence[0].ShouldBe(LabeledItem.Unlabeled);
    }

    [Fact]
    public void The_three_published_folds_hold_all_41_people_once()
    {
        Bp4dReader.ThreeFolds.Select(fold => fold.Length).ShouldBe([14, 14, 13]);
        string[] all = [.. Bp4dReader.ThreeFolds.SelectMany(fold => fold).Order(StringComparer.Ordinal)];
        all.ShouldBe([.. Enumerable.Range(1, 23).Select(number => $"F{number:000}"), .. Enumerable.Range(1, 18).Select(number => $"M{number:000}")]);

        using DatasetTree tree = new();
        foreach (string subject in (string[])["F001", "M011", "F007"])
        {
            tree.Write($"AUCoding/AU_OCC/{subject}_T1.csv", Header, "1,0,0,0,0,0,0,0,0,0,0,0,0").Media($"{subject}/T1/1.jpg");
        }

        LabeledSet set = tree.Read("bp4d");
        set.Protocol.ShouldBe("3-fold");
        set.Folds.ShouldBe(new Dictionary<string, int> { ["F001"] = 1, ["F007"] = 3, ["M011"] = 2 }, ignoreOrder: true);
        Should.Throw<DatasetException>(() => tree.Read("bp4d", "10-fold")).Message.ShouldContain("there are 3");
    }

    [Fact]
    public void A_code_that_is_none_is_named_with_file_and_line()
    {
        using DatasetTree tree = new DatasetTree()
            .Write("AUCoding/AU_OCC/F001_T1.csv", Header, "1,0,0,0,0,0,0,0,0,0,0,0,0", "2,0,0,0,0,0,0,7,0,0,0,0,0")
            .Media("F001/T1/1.jpg");
        string message = Should.Throw<DatasetException>(() => tree.Read("bp4d", "all")).Message;

        message.ShouldContain("F001_T1.csv, line 3");
        message.ShouldContain("code 7");
    }

    [Theory]
    [InlineData("2,1,0", "'nothing'")]
    [InlineData("one,0,0,0,0,0,0,0,0,0,0,0,0", "'one'")]
    [InlineData("1,0,0,0,0,0,0,0,0,0,0,0,0", "frame 1 follows frame 1")]
    public void A_broken_row_is_named(string row, string fault)
    {
        using DatasetTree tree = new DatasetTree()
            .Write("AUCoding/AU_OCC/F001_T1.csv", Header, "1,0,0,0,0,0,0,0,0,0,0,0,0", row)
            .Media("F001/T1/1.jpg");
        string message = Should.Throw<DatasetException>(() => tree.Read("bp4d", "all")).Message;

        message.ShouldContain("line 3");
        message.ShouldContain(fault);
    }

    [Fact]
    public void What_is_missing_is_named_with_the_remedy()
    {
        using DatasetTree empty = new();
        Should.Throw<DatasetException>(() => empty.Read("bp4d")).Message.ShouldContain("AUCoding.zip");
        using DatasetTree noPictures = new DatasetTree().Write("AU_OCC/F001_T1.csv", Header, "1,0,0,0,0,0,0,0,0,0,0,0,0");
        Should.Throw<DatasetException>(() => noPictures.Read("bp4d")).Message.ShouldContain("F001/T1");
        using DatasetTree noUnit = new DatasetTree().Write("AU_OCC/F001_T1.csv", "0,1,2", "1,0,0").Media("F001/T1/1.jpg");
        Should.Throw<DatasetException>(() => noUnit.Read("bp4d")).Message.ShouldContain("action unit 4");
        Should.Throw<UsageException>(() => noUnit.Read("bp4d", units: [25])).Message.ShouldContain("not coded");
        Should.Throw<UsageException>(() => noUnit.Read("bp4d", presentFrom: 2)).Message.ShouldContain("--present-from");
        Should.Throw<UsageException>(() => noUnit.Read("bp4d", "5-fold")).Message.ShouldContain("3-fold, 10-fold, all");
        Should.Throw<UsageException>(() => noUnit.Read("bp4")).Message.ShouldContain("Did you mean bp4d?");
    }
}
