using AuStream.Stages.Decoding;
using AuStream.Stages.Decoding.Pictures;
using AuStream.Stages.Frames;
using static AuStream.Stages.Tests.Decoding.SourceReading;

namespace AuStream.Stages.Tests.Decoding;

public sealed class PictureTests(TestClips clips) : IClassFixture<TestClips>
{
    [Fact]
    public async Task A_folder_comes_in_the_order_in_which_people_count()
    {
        int width = 20;
        foreach (string name in new[] { "face10.png", "Face9.PNG", "face1.png", "notes.txt", "face2.jpg" })
        {
            clips.Write("ordered/" + name, name == "notes.txt" ? "no picture"u8.ToArray() : File.ReadAllBytes(MakePicture(width += 2)));
        }

        await using IFrameSource source = await OpenAsync(Path.Combine(clips.Folder, "ordered"));
        List<Picture> pictures = await source.ReadAllAsync();

        pictures.Select(picture => picture.FileName).ShouldBe(["face1.png", "face2.jpg", "Face9.PNG", "face10.png"]);
        pictures.Select(picture => picture.Width).ShouldBe([26, 28, 24, 22]);
        pictures.Select(picture => picture.Envelope.Sequence).ShouldBe([0, 1, 2, 3]);
        pictures.Select(picture => picture.Envelope.PtsMicroseconds).ShouldBe([0, 1_000_000, 2_000_000, 3_000_000]);
        (source.Description.Kind, source.Description.FrameCount).ShouldBe((SourceKind.Pictures, 4L));
    }

    [Fact]
    public async Task Subfolders_are_read_on_request()
    {
        clips.Write("nested/b/two.png", File.ReadAllBytes(MakePicture(20)));
        clips.Write("nested/one.png", File.ReadAllBytes(MakePicture(20)));
        string folder = Path.Combine(clips.Folder, "nested");

        (await DecodeAsync(folder)).Select(picture => picture.FileName).ShouldBe(["one.png"]);
        (await DecodeAsync(folder, new SourceOptions { Recursive = true })).Select(picture => picture.FileName).ShouldBe(["b/two.png", "one.png"]);
    }

    [Fact]
    public async Task An_unreadable_picture_is_told_and_the_others_go_on()
    {
        string folder = MakeFolderWithDamage("damaged");
        List<SourceWarning> warnings = [];
        var pool = new FramePool();
        await using IFrameSource source = await OpenAsync(folder, new SourceOptions { OnWarning = warnings.Add }, pool);

        List<Picture> pictures = await source.ReadAllAsync();

        pictures.Select(picture => picture.FileName).ShouldBe(["1.png", "5.png"]);
        warnings.Select(warning => warning.FileName).ShouldBe(["2.png", "3.jpg", "4.jpg"]);
        warnings[0].Message.ShouldContain("empty");
        warnings[1].Message.ShouldContain("no picture in a known format");
        warnings[2].Message.ShouldContain("damaged/4.jpg");
        pool.Rented.ShouldBe(0);
    }

    [Fact]
    public async Task An_unreadable_picture_ends_the_source_where_that_is_wanted()
    {
        string folder = MakeFolderWithDamage("strict");
        List<string?> seen = [];
        await using IFrameSource source = await OpenAsync(folder, new SourceOptions { PictureErrors = PictureErrorPolicy.Stop });

        SourceException error = await Should.ThrowAsync<SourceException>(async () =>
        {
            await foreach (VideoFrame frame in source.ReadAsync(TestContext.Current.CancellationToken))
            {
                seen.Add(frame.FileName);
                frame.Dispose();
            }
        });

        seen.ShouldBe(["1.png"]);
        error.Message.ShouldContain("2.png");
    }

    [Fact]
    public async Task A_folder_of_which_nothing_can_be_read_is_an_error()
    {
        clips.Write("hopeless/a.png", []);
        clips.Write("hopeless/b.jpg", "text"u8.ToArray());

        SourceException error = await FailureAsync(Path.Combine(clips.Folder, "hopeless"));

        error.Fault.ShouldBe(SourceFault.NotAVideo);
        error.Message.ShouldContain("None of the 2 pictures");
    }

    [Theory]
    [InlineData("png-called.jpg")]
    [InlineData("100%done.png")]
    [InlineData("frame%03d.png")]
    [InlineData("a:b.png")]
    [InlineData("with space é.png")]
    [InlineData("noending")]
    public async Task Names_do_not_matter(string name)
    {
        string file = clips.Write("names/" + name, File.ReadAllBytes(MakePicture(30)));

        Picture picture = (await DecodeAsync(file)).ShouldHaveSingleItem();

        picture.FileName.ShouldBe(name);
        (picture.Width, picture.Height).ShouldBe((30, 40));
    }

    [Theory]
    [InlineData(1, 64, 32, 0, 0)]
    [InlineData(2, 64, 32, 63, 0)]
    [InlineData(3, 64, 32, 63, 31)]
    [InlineData(4, 64, 32, 0, 31)]
    [InlineData(5, 32, 64, 0, 0)]
    [InlineData(6, 32, 64, 31, 0)]
    [InlineData(7, 32, 64, 31, 63)]
    [InlineData(8, 32, 64, 0, 63)]
    public async Task A_photo_of_a_turned_phone_comes_upright(byte orientation, int width, int height, int whiteX, int whiteY)
    {
        // White at the upper left of the stored picture.
        string stored = clips.Make("corner.jpg", "-f lavfi -i color=black:s=64x32 -frames:v 1 -vf drawbox=0:0:16:16:white:fill -q:v 1");
        string turned = clips.Write($"exif{orientation}.jpg", WithOrientation(File.ReadAllBytes(stored), orientation));

        Picture picture = (await DecodeAsync(turned)).ShouldHaveSingleItem();

        (picture.Width, picture.Height).ShouldBe((width, height));
        ((int)picture.Luma(whiteX, whiteY)).ShouldBeGreaterThan(240);
        ((int)picture.Luma(width - 1 - whiteX, height - 1 - whiteY)).ShouldBeLessThan(15);
    }

    [Fact]
    public async Task The_smallest_picture_has_one_pixel()
    {
        Picture picture = (await DecodeAsync(clips.Make("pixel.png", "-f lavfi -i nullsrc=s=1x1,format=rgb24,geq=r=255:g=255:b=255 -frames:v 1"))).ShouldHaveSingleItem();

        (picture.Width, picture.Height).ShouldBe((1, 1));
        picture.Planes.ShouldBe([235, 128, 128]);
    }

    [Fact]
    public async Task Leaving_early_gives_every_picture_back()
    {
        for (int number = 0; number < 8; number++)
        {
            clips.Write($"many/{number}.png", File.ReadAllBytes(MakePicture(30)));
        }

        var pool = new FramePool();
        await using IFrameSource source = await OpenAsync(Path.Combine(clips.Folder, "many"), pool: pool);

        (await source.ReadAllAsync(limit: 1)).Count.ShouldBe(1);

        pool.Rented.ShouldBe(0);
    }

    [Fact]
    public void Orientations_are_read_in_either_byte_order_and_damage_does_no_harm()
    {
        byte[] big = WithOrientation([0xFF, 0xD8, 0xFF, 0xDA, 0, 2], 6);
        byte[] little = [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xE1, 0, 34, .. "Exif\0\0II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0];

        JpegOrientation.Read(new MemoryStream(big)).ShouldBe(6);
        JpegOrientation.Read(new MemoryStream(little)).ShouldBe(8);
        for (int length = 2; length < big.Length; length++)
        {
            JpegOrientation.Read(new MemoryStream(big[..length])).ShouldBeInRange(1, 6);
            for (int value = 0; value < 256; value += 15)
            {
                byte[] damaged = [.. big];
                damaged[length] = (byte)value;
                JpegOrientation.Read(new MemoryStream(damaged)).ShouldBeInRange(1, 8);
            }
        }
    }

    private string MakePicture(int width) => clips.Make($"picture{width}.png", $"-f lavfi -i testsrc=s={width}x40 -frames:v 1");

    private string MakeFolderWithDamage(string name)
    {
        byte[] good = File.ReadAllBytes(MakePicture(30));
        clips.Write(name + "/1.png", good);
        clips.Write(name + "/2.png", []);
        clips.Write(name + "/3.jpg", "this is text, not a picture"u8.ToArray());
        clips.Write(name + "/4.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
        clips.Write(name + "/5.png", good);
        return Path.Combine(clips.Folder, name);
    }

    private static byte[] WithOrientation(byte[] jpeg, byte orientation)
    {
        byte[] exif =
        [
            0xFF, 0xE1, 0, 34, (byte)'E', (byte)'x', (byte)'i', (byte)'f', 0, 0,
            (byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0,
        ];
        return [.. jpeg[..2], .. exif, .. jpeg[2..]];
    }
}
