using AuStream.Stages.Faces;
using AuStream.Stages.Recording;
using AuStream.Stages.Tests.Publishing;

namespace AuStream.Stages.Tests.Recording;

public sealed class FramesCsvSinkTests : IDisposable
{
    private static readonly int[] s_actionUnits = [1, 12, 43];
    private readonly RecordingFolder _folder = new();
    private readonly SampleFrames _frames = new(s_actionUnits);

    private string CsvPath => _folder.File("frames.csv");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Columns_have_OpenFaces_names_and_order()
    {
        await Record(isPictures: true, _frames.Frame(0, "a.png"));
        File.ReadLines(CsvPath).First().ShouldBe(
            "frame,face_id,timestamp,confidence,success,pose_Rx,pose_Ry,pose_Rz,face_x,face_y,face_width,face_height," +
            "AU01_r,AU12_r,AU43_r,AU01_c,AU12_c,AU43_c,calibration,file");
    }

    [Fact]
    public async Task Two_faces_make_two_rows_with_their_own_measurements()
    {
        FrameFaces frame = _frames.Frame(3, (1, FaceState.Appeared), (2, FaceState.Tracked));
        float[] intensities = [.. frame.Faces[1].Intensities];
        await Record(isPictures: false, frame);
        List<Dictionary<string, string>> rows = CsvRows.Read(CsvPath);
        rows.Select(row => row["face_id"]).ShouldBe(["1", "2"]);
        Dictionary<string, string> second = rows[1];
        second["frame"].ShouldBe("4");
        second["timestamp"].ShouldBe("0.120000");
        second["success"].ShouldBe("1");
        second.Number("confidence").ShouldBe(0.92, 0.0006);
        second.Number("pose_Ry").ShouldBe(-20 * Math.PI / 180, 0.01);
        second.Number("face_x").ShouldBe(200.25);
        second.Number("face_height").ShouldBe(110);
        second.ContainsKey("file").ShouldBeFalse();
        for (int i = 0; i < s_actionUnits.Length; i++)
        {
            second.Number($"AU{s_actionUnits[i]:00}_r").ShouldBe(intensities[i], 0.0006);
            second[$"AU{s_actionUnits[i]:00}_c"].ShouldBe(intensities[i] >= 1 ? "1" : "0");
        }
    }

    [Fact]
    public async Task A_seen_face_says_what_its_action_units_are_relative_to()
    {
        await Record(isPictures: false, _frames.Frame(
            0, (1, FaceState.Tracked), (2, FaceState.Tracked), (3, FaceState.Tracked), (4, FaceState.Tracked), (5, FaceState.Occluded)));
        CsvRows.Read(CsvPath).Select(row => row["calibration"]).ShouldBe(["estimating", "estimated", "enrolled", "none", ""]);
    }

    [Fact]
    public async Task A_frame_without_a_face_has_one_row_that_says_so()
    {
        await Record(isPictures: false, _frames.Frame(0), _frames.Frame(1, (1, FaceState.Lost)));
        List<Dictionary<string, string>> rows = CsvRows.Read(CsvPath);
        rows.Select(row => (row["frame"], row["face_id"], row["success"])).ShouldBe([("1", "0", "0"), ("2", "0", "0")]);
        rows.ShouldAllBe(row => row["AU12_r"] == "" && row["AU12_c"] == "" && row["pose_Rx"] == "" && row["face_x"] == "");
    }

    [Fact]
    public async Task An_occluded_face_keeps_its_row_without_measurements_and_a_lost_one_has_none()
    {
        await Record(
            isPictures: false,
            _frames.Frame(0, (1, FaceState.Tracked), (7, FaceState.Occluded)),
            _frames.Frame(1, (1, FaceState.Lost), (7, FaceState.Tracked)));
        List<Dictionary<string, string>> rows = CsvRows.Read(CsvPath);
        rows.Select(row => (row["frame"], row["face_id"], row["success"])).ShouldBe([("1", "1", "1"), ("1", "7", "0"), ("2", "7", "1")]);
        rows[1]["confidence"].ShouldBe("0.000");
        rows[1]["AU01_r"].ShouldBe("");
        rows[1]["face_width"].ShouldBe("");
    }

    [Fact]
    public async Task A_face_without_action_units_cannot_be_mistaken_for_a_calm_one()
    {
        FrameFaces frame = _frames.Frame(0, (1, FaceState.Tracked));
        frame.Faces[0].HasActionUnits = false;
        await Record(isPictures: false, frame);
        Dictionary<string, string> row = CsvRows.Read(CsvPath).ShouldHaveSingleItem();
        row["success"].ShouldBe("1");
        row["face_width"].ShouldBe("90.00");
        row.Where(cell => cell.Key.StartsWith("AU", StringComparison.Ordinal)).ShouldAllBe(cell => cell.Value == "");
    }

    [Fact]
    public async Task Names_of_pictures_come_back_whatever_is_in_them()
    {
        string[] names = ["plain.png", "Müller, \"Anna\".jpg", "zwei\nZeilen.png", "脸.png"];
        await Record(isPictures: true, [.. names.Select((name, index) => _frames.Frame(index, name, (index + 1, FaceState.Appeared)))]);
        CsvRows.Read(CsvPath).Select(row => row["file"]).ShouldBe(names);
    }

    [Fact]
    public async Task Without_an_end_the_file_holds_whole_rows_up_to_the_last_second()
    {
        await using FramesCsvSink sink = new(CsvPath, SampleFrames.Session(s_actionUnits), isPictures: false);
        for (int sequence = 0; sequence < 1_000; sequence++)
        {
            using FrameFaces frame = _frames.Frame(sequence, (1, FaceState.Tracked), (2, FaceState.Tracked));
            await sink.PublishFrameAsync(frame, CancellationToken.None);
            if (sequence % 97 == 0)
            {
                List<Dictionary<string, string>> rows = CsvRows.Read(CsvPath);
                rows[^1].Number("timestamp").ShouldBeGreaterThan((sequence * 0.04) - 1);
                rows[^1]["face_id"].ShouldBe("2");
                ReadShared()[^1].ShouldBe((byte)'\n');
            }
        }
    }

    [Fact]
    public async Task A_status_writes_what_is_waiting()
    {
        await using FramesCsvSink sink = new(CsvPath, SampleFrames.Session(s_actionUnits), isPictures: false);
        for (int sequence = 0; sequence < 4; sequence++)
        {
            using FrameFaces frame = _frames.Frame(sequence);
            await sink.PublishFrameAsync(frame, CancellationToken.None);
        }

        CsvRows.Read(CsvPath).Count.ShouldBeLessThan(4);
        await sink.PublishStatusAsync(new(Stages.Publishing.StreamState.Degraded), CancellationToken.None);
        CsvRows.Read(CsvPath).Count.ShouldBe(4);
    }

    [Fact]
    public async Task Rows_cost_no_managed_memory()
    {
        await using FramesCsvSink sink = new(CsvPath, SampleFrames.Session(s_actionUnits), isPictures: false);
        using FrameFaces faces = _frames.Frame(0, (1, FaceState.Tracked), (2, FaceState.Occluded), (3, FaceState.Tracked));
        using FrameFaces empty = _frames.Frame(30);
        await Publish(sink, faces, empty, 5_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        await Publish(sink, faces, empty, 5_000);

        // The smallest object per row would be 120 KB; a collection in the middle may count some kilobytes.
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(16 * 1024);
    }

    [Fact]
    public void A_full_disk_is_named_with_its_remedy()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "This system has no device that is always full.");
        ResultFileException error = Should.Throw<ResultFileException>(() => new FramesCsvSink("/dev/full", SampleFrames.Session(), isPictures: false));
        error.Message.ShouldContain("'/dev/full'");
        error.Message.ShouldContain("free space");
    }

    [Fact]
    public void A_file_that_cannot_be_made_is_named()
    {
        string path = Path.Combine(_folder.Path, "missing", "frames.csv");
        Should.Throw<ResultFileException>(() => new FramesCsvSink(path, SampleFrames.Session(), isPictures: false)).Message.ShouldContain(path);
    }

    private static async Task Publish(FramesCsvSink sink, FrameFaces one, FrameFaces other, int times)
    {
        for (int i = 0; i < times; i++)
        {
            await sink.PublishFrameAsync(i % 2 == 0 ? one : other, CancellationToken.None);
        }
    }

    private async Task Record(bool isPictures, params FrameFaces[] frames)
    {
        await using FramesCsvSink sink = new(CsvPath, SampleFrames.Session(s_actionUnits), isPictures);
        foreach (FrameFaces frame in frames)
        {
            await sink.PublishFrameAsync(frame, CancellationToken.None);
            frame.Dispose();
        }

        await sink.CompleteAsync(CancellationToken.None);
    }

    private byte[] ReadShared()
    {
        using FileStream file = new(CsvPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
