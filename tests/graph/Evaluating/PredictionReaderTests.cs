using AuStream.Pipeline.Evaluating.Datasets;
using AuStream.Pipeline.Evaluating.Measuring;

namespace AuStream.Graph.Tests.Evaluating;

public sealed class PredictionReaderTests
{
    private const string Columns = "frame,face_id,timestamp,confidence,success,face_width,face_height,AU12_r,AU12_c";

    [Fact]
    public void The_largest_face_of_a_frame_counts_and_a_frame_without_is_told_from_one_that_is_missing()
    {
        using DatasetTree tree = new DatasetTree()
            .Write("labels.csv", "file,frame,AU12_c", "clip.mp4,1,1", "clip.mp4,2,0", "clip.mp4,3,0")
            .Write("out/frames.csv", Columns, "1,1,0,0.9,1,10,10,0.5,0", "1,2,0,0.8,1,20,20,4,1", "2,0,0,0,0,,,,");
        (IReadOnlyList<int> units, IReadOnlyList<ItemMeasurements> measured) = PredictionReader.Read(Path.Combine(tree.Root, "out"), tree.Read("csv"), usesCalls: true);

        units.ShouldBe([12]);
        measured[0].States.ShouldBe([RowState.Measured, RowState.NoFace, RowState.NotRead]);
        measured[0].Intensities.ShouldBe([4f, 0f, 0f]);
        measured[0].Calls.ShouldBe([true, false, false]);
    }

    [Fact]
    public void Pictures_are_known_by_their_file_names()
    {
        using DatasetTree tree = new DatasetTree()
            .Write("labels.csv", "file,AU12_c", "some/a.jpg,1", "some/b.jpg,0")
            .Write("frames.csv", Columns + ",file", "1,1,0,0.9,1,10,10,0.5,0,b.jpg", "2,1,0,0.9,1,10,10,3,1,a.jpg");
        ItemMeasurements measured = PredictionReader.Read(tree.Root, tree.Read("csv"), usesCalls: true).Measured[0];

        measured.Intensities.ShouldBe([3f, 0.5f]);
    }

    [Fact]
    public void The_face_around_the_labelled_place_counts_however_large_its_neighbour_is()
    {
        using DatasetTree tree = new DatasetTree()
            .Write("labels.csv", "file,x,y,AU12_c", "class.jpg,15,15,1", "class.jpg,120,60,0", "class.jpg,400,15,0")
            .Write("frames.csv", "face_x,face_y," + Columns + ",file", "100,10,1,1,0,0.9,1,90,90,0.5,0,class.jpg", "10,10,1,2,0,0.9,1,10,10,3,1,class.jpg");
        ItemMeasurements measured = PredictionReader.Read(tree.Root, tree.Read("csv"), usesCalls: true).Measured[0];

        measured.States.ShouldBe([RowState.Measured, RowState.Measured, RowState.NoFace]);
        measured.Intensities.ShouldBe([3f, 0.5f, 0f]);
        measured.Calls.ShouldBe([true, false, false]);
        tree.Write("frames.csv", Columns + ",file", "1,1,0,0.9,1,10,10,0.5,0,class.jpg");
        Should.Throw<DatasetException>(() => PredictionReader.Read(tree.Root, tree.Read("csv"), usesCalls: true)).Message.ShouldContain("face_x");
    }

    [Fact]
    public void Of_faces_that_overlap_the_one_whose_middle_is_nearest_counts()
    {
        using DatasetTree tree = new DatasetTree()
            .Write("labels.csv", "file,x,y,AU12_c", "class.jpg,52,50,1", "class.jpg,78,50,0")
            .Write("frames.csv", "face_x,face_y," + Columns + ",file", "0,0,1,1,0,0.9,1,100,100,3,1,class.jpg", "40,10,1,2,0,0.9,1,80,80,0.5,0,class.jpg");
        PredictionReader.Read(tree.Root, tree.Read("csv"), usesCalls: true).Measured[0].Intensities.ShouldBe([3f, 0.5f]);
    }

    [Fact]
    public void Several_videos_have_a_folder_each()
    {
        using DatasetTree tree = new DatasetTree()
            .Write("labels.csv", "file,frame,AU12_c", "a.mp4,1,1", "b.mp4,1,0")
            .Write("a/frames.csv", Columns, "1,1,0,0.9,1,10,10,0.5,0");
        Should.Throw<DatasetException>(() => PredictionReader.Read(tree.Root, tree.Read("csv"), usesCalls: true)).Message.ShouldContain("austream analyze b.mp4");
        tree.Write("b/frames.csv", Columns, "1,1,0,0.9,1,10,10,2,1");
        PredictionReader.Read(tree.Root, tree.Read("csv"), usesCalls: true).Measured.Select(item => item.Intensities[0]).ShouldBe([0.5f, 2f]);
    }

    [Fact]
    public void A_broken_cell_is_named()
    {
        using DatasetTree tree = new DatasetTree()
            .Write("labels.csv", "file,frame,AU12_c", "clip.mp4,1,1")
            .Write("frames.csv", Columns, "1,1,0,0.9,1,10,10,much,1");
        Should.Throw<DatasetException>(() => PredictionReader.Read(tree.Root, tree.Read("csv"), usesCalls: true)).Message.ShouldContain("frames.csv, line 2");
    }
}
