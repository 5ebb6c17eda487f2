using System.Numerics;
using AuStream.Pipeline.Commands;
using AuStream.Pipeline.Evaluating.Datasets;

namespace AuStream.Graph.Tests.Evaluating;

public sealed class TableReaderTests
{
    [Fact]
    public void Pictures_and_videos_are_read_from_one_table()
    {
        using DatasetTree tree = new DatasetTree().Write(
            "labels.csv",
            "subject,file,frame,AU12_r,AU06_c,AU12_c",
            "ann,\"a, b.jpg\",,2.5,1,",
            "bob,clip.mp4,1,0,,",
            "bob,clip.mp4,3,0.5,0,1");
        LabeledSet set = tree.Read("csv");

        set.ActionUnits.ShouldBe([6, 12]);
        LabeledItem video = set.Items.Single(item => item.Kind == MediaKind.Video);
        video.Frames.ShouldBe([0, 2]);
        DatasetTree.Presence(set, video, 12).ShouldBe([0, 1], "a person's word on presence goes before the intensity");
        DatasetTree.Presence(set, video, 6).ShouldBe([LabeledItem.Unlabeled, 0]);
        LabeledItem pictures = set.Items.Single(item => item.Kind == MediaKind.Pictures);
        pictures.Pictures.ShouldBe([Path.Combine(tree.Root, "a, b.jpg")]);
        pictures.Subjects.ShouldBe(["ann"]);
        DatasetTree.Presence(set, pictures, 12).ShouldBe([1]);
        DatasetTree.Intensities(set, pictures, 12).ShouldBe([2.5f]);
    }

    [Fact]
    public void Several_faces_of_one_picture_are_told_apart_by_their_place()
    {
        using DatasetTree tree = new DatasetTree().Write("labels.csv", "file,subject,x,y,AU12_c", "class.jpg,ann,120,80.5,1", "class.jpg,bob,300,90,0", "alone.jpg,cem,,,1");
        LabeledItem item = tree.Read("csv").Items.Single();

        item.Pictures.Select(Path.GetFileName).ShouldBe(["class.jpg", "class.jpg", "alone.jpg"]);
        item.Places.ShouldBe([new Vector2(120, 80.5f), new Vector2(300, 90), null]);
    }

    [Theory]
    [InlineData("file,AU12_r", "x.jpg,6", "line 2", "between 0 and 5")]
    [InlineData("file,AU12_c", "x.jpg,2", "line 2", "0, 1 or empty")]
    [InlineData("file,AU12_r", ",1", "line 2", "column 'file' is empty")]
    [InlineData("picture,AU12_r", "x.jpg,1", "line 1", "no column 'file'")]
    [InlineData("file,smile", "x.jpg,1", "line 1", "no column of an action unit")]
    [InlineData("file,frame,AU12_r", "x.mp4,0,1", "line 2", "counted from 1")]
    [InlineData("file,x,AU12_r", "x.jpg,5,1", "line 1", "only one")]
    [InlineData("file,x,y,AU12_r", "x.jpg,5,,1", "line 2", "only one of x and y")]
    [InlineData("file,x,y,AU12_r", "x.jpg,5,low,1", "line 2", "pixels from the top")]
    public void What_is_wrong_is_named_with_its_line(string header, string row, string line, string fault)
    {
        using DatasetTree tree = new DatasetTree().Write("labels.csv", header, row);
        string message = Should.Throw<DatasetException>(() => tree.Read("csv")).Message;

        message.ShouldContain($"labels.csv, {line}");
        message.ShouldContain(fault);
    }

    [Fact]
    public void Frames_have_to_rise()
    {
        using DatasetTree tree = new DatasetTree().Write("labels.csv", "file,frame,AU12_r", "x.mp4,2,1", "x.mp4,1,1");
        Should.Throw<DatasetException>(() => tree.Read("csv")).Message.ShouldContain("line 3");
    }

    [Fact]
    public void A_picture_has_one_neutral_reference()
    {
        using DatasetTree tree = new DatasetTree().Write("labels.csv", "file,x,y,neutral,AU12_r", "class.jpg,1,1,ann.jpg,1", "class.jpg,9,9,bob.jpg,1");
        Should.Throw<DatasetException>(() => tree.Read("csv")).Message.ShouldContain("class.jpg has rows with different");
    }

    [Fact]
    public void An_action_unit_without_a_column_is_a_usage_error()
    {
        using DatasetTree tree = new DatasetTree().Write("labels.csv", "file,AU12_r", "x.jpg,1");
        Should.Throw<UsageException>(() => tree.Read("csv", units: [6])).Message.ShouldContain("--au 6");
    }
}
