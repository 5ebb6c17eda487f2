using AuStream.Pipeline.Evaluating.Datasets;

namespace AuStream.Graph.Tests.Evaluating;

public sealed class PicturePairsTests
{
    [Fact]
    public void The_same_name_is_the_same_person_whatever_its_ending()
    {
        using DatasetTree tree = new DatasetTree().Media("n/Ann.jpg", "n/bob.png", "n/cid.png", "s/ann.PNG", "s/bob.jpg", "s/dan.jpg");
        LabeledSet pairs = Find(tree);

        pairs.Items[0].Subjects.ShouldBe(["Ann", "bob"]);
        pairs.Items[0].Pictures.Select(Path.GetFileName).ShouldBe(["Ann.jpg", "bob.png"]);
        pairs.Items[1].Pictures.Select(Path.GetFileName).ShouldBe(["ann.PNG", "bob.jpg"]);
        pairs.Items[1].References.ShouldBe(pairs.Items[0].Pictures);
        pairs.Items[0].References.ShouldBeNull();
        pairs.Notes.Count.ShouldBe(2);
        pairs.Notes[0].ShouldContain("cid");
        pairs.Notes[1].ShouldContain("dan");
    }

    [Fact]
    public void Else_the_digits_that_names_begin_with_tell_who_it_is()
    {
        using DatasetTree tree = new DatasetTree().Media("n/001_03.jpg", "n/002_03.jpg", "n/003_03.jpg", "n/003_04.jpg", "s/001_07.jpg", "s/002_07.jpg", "s/003_07.jpg");
        LabeledSet pairs = Find(tree);

        pairs.Items[1].Pictures.Select(Path.GetFileName).ShouldBe(["001_07.jpg", "002_07.jpg"]);
        pairs.Notes.ShouldHaveSingleItem().ShouldContain("003: 2 neutral and 1 expressive");
    }

    [Fact]
    public void Folders_without_a_common_person_and_missing_ones_are_named()
    {
        using DatasetTree tree = new DatasetTree().Media("n/ann.jpg", "s/bob.jpg");
        Should.Throw<DatasetException>(() => Find(tree)).Message.ShouldContain("no person in common");
        Should.Throw<DatasetException>(() => PicturePairs.Find(Path.Combine(tree.Root, "n"), Path.Combine(tree.Root, "none"))).Message.ShouldContain("--expressive");
    }

    private static LabeledSet Find(DatasetTree tree) => PicturePairs.Find(Path.Combine(tree.Root, "n"), Path.Combine(tree.Root, "s"));
}
