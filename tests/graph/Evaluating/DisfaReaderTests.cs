using AuStream.Pipeline.Evaluating.Datasets;

namespace AuStream.Graph.Tests.Evaluating;

public sealed class DisfaReaderTests
{
    [Fact]
    public void Intensity_two_is_present_by_default_and_more_than_three_when_asked_for()
    {
        using DatasetTree tree = Tree("SN001");
        LabeledSet set = tree.Read("disfa", "all");
        LabeledItem item = set.Items.ShouldHaveSingleItem();

        set.ActionUnits.ShouldBe([1, 2, 4, 6, 9, 12, 25, 26]);
        item.Source.ShouldEndWith("LeftVideoSN001_comp.avi");
        item.Frames.ShouldBe([0, 1, 2, 3]);
        DatasetTree.Intensities(set, item, 12).ShouldBe([0, 2, 3, 4]);
        DatasetTree.Presence(set, item, 12).ShouldBe([0, 1, 1, 1]);
        DatasetTree.Presence(set, item, 1).ShouldBe([0, 0, 0, 0]);
        set.PresenceRule.ShouldContain("2 or more");

        LabeledSet strict = tree.Read("disfa", "all", presentFrom: 4);
        DatasetTree.Presence(strict, strict.Items[0], 12).ShouldBe([0, 0, 0, 1]);
    }

    [Fact]
    public void The_three_published_folds_hold_all_27_people_once()
    {
        DisfaReader.ThreeFolds.ShouldAllBe(fold => fold.Length == 9);
        DisfaReader.ThreeFolds.SelectMany(fold => fold).Distinct().Count().ShouldBe(27);

        using DatasetTree tree = Tree("SN001");
        tree.Read("disfa").Folds["SN001"].ShouldBe(1);
    }

    [Fact]
    public void Other_action_units_that_are_coded_can_be_asked_for()
    {
        using DatasetTree tree = Tree("SN001");
        tree.Read("disfa", "all", units: [12]).ActionUnits.ShouldBe([12]);
        Should.Throw<DatasetException>(() => tree.Read("disfa", "all", units: [20])).Message.ShouldContain("SN001_au20.txt");
    }

    [Theory]
    [InlineData("2,6", "the intensity is 6")]
    [InlineData("3,1", "frame 2 should")]
    [InlineData("2,x", "'x'")]
    public void A_broken_line_is_named(string line, string fault)
    {
        using DatasetTree tree = Tree("SN001").Write("ActionUnit_Labels/SN001/SN001_au12.txt", "1,0", line);
        string message = Should.Throw<DatasetException>(() => tree.Read("disfa", "all")).Message;

        message.ShouldContain("SN001_au12.txt, line 2");
        message.ShouldContain(fault);
    }

    [Fact]
    public void Files_of_different_length_are_refused()
    {
        using DatasetTree tree = Tree("SN001").Write("ActionUnit_Labels/SN001/SN001_au26.txt", "1,0", "2,0");
        Should.Throw<DatasetException>(() => tree.Read("disfa", "all")).Message.ShouldContain("action unit 26 has 2 frames, action unit 1 has 4");
    }

    [Fact]
    public void A_person_whom_the_folds_do_not_name_and_one_without_video_are_reported()
    {
        using DatasetTree tree = Tree("SN999");
        Should.Throw<DatasetException>(() => tree.Read("disfa")).Message.ShouldContain("SN999");
        tree.Write("ActionUnit_Labels/SN002/SN002_au1.txt", "1,0");
        tree.Read("disfa", "all").Notes.ShouldHaveSingleItem().ShouldContain("LeftVideoSN002_comp.avi");
    }

    private static DatasetTree Tree(string subject)
    {
        DatasetTree tree = new DatasetTree().Media($"Videos_LeftCamera/LeftVideo{subject}_comp.avi", $"Videos_RightCamera/RightVideo{subject}_comp.avi");
        foreach (int unit in (int[])[1, 2, 4, 6, 9, 25, 26])
        {
            tree.Write($"ActionUnit_Labels/{subject}/{subject}_au{unit}.txt", "1,0", "2,0", "3,1", "4,1");
        }

        return tree.Write($"ActionUnit_Labels/{subject}/{subject}_au12.txt", "1,0", "2,2", "3,3", "4,4");
    }
}
