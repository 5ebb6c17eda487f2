using AuStream.Stages.Decoding;
using AuStream.Stages.Decoding.Ffmpeg;
using AuStream.Stages.Frames;
using static AuStream.Stages.Tests.Decoding.SourceReading;

namespace AuStream.Stages.Tests.Decoding;

/// <summary>One known colour through many formats: matrix and range as reported have to lead back to it.</summary>
public sealed class ColorTests(TestClips clips) : IClassFixture<TestClips>
{
    private const string Red = "-f lavfi -i color=c=0xE02010:s=64x64:r=25 -frames:v 2";

    [Theory]
    [InlineData("yuv420p", "tv", "bt709", YuvColor.Bt709Limited)]
    [InlineData("yuv420p", "pc", "bt709", YuvColor.Bt709Full)]
    [InlineData("yuv420p", "tv", "smpte170m", YuvColor.Bt601Limited)]
    [InlineData("yuv420p", "pc", "smpte170m", YuvColor.Bt601Full)]
    [InlineData("yuv422p10le", "tv", "bt709", YuvColor.Bt709Limited)]
    [InlineData("yuv420p10le", "pc", "bt709", null)]
    [InlineData("yuv444p", "pc", "smpte170m", null)]
    [InlineData("yuva420p", "tv", "bt709", YuvColor.Bt709Limited)]
    public async Task Tagged_video_keeps_its_colour(string format, string range, string matrix, YuvColor? expected)
    {
        string clip = clips.Make(
            $"{format}-{range}-{matrix}.mkv",
            $"{Red} -vf scale=out_range={range}:out_color_matrix={matrix},format={format} -color_range {range} -colorspace {matrix} -c:v ffv1");

        Picture picture = (await DecodeAsync(clip))[0];

        ShouldBeRed(picture);
        if (expected is not null)
        {
            picture.Color.ShouldBe(expected.Value);
        }
    }

    [Theory]
    [InlineData("red.jpg", "-pix_fmt yuvj420p", YuvColor.Bt601Full)]
    [InlineData("red422.jpg", "-pix_fmt yuvj422p", YuvColor.Bt601Full)]
    [InlineData("red444.jpg", "-pix_fmt yuvj444p", YuvColor.Bt601Full)]
    [InlineData("red.png", "-pix_fmt rgb24", YuvColor.Bt601Limited)]
    [InlineData("alpha.png", "-pix_fmt rgba", YuvColor.Bt601Limited)]
    [InlineData("deep.png", "-pix_fmt rgb48be", YuvColor.Bt601Limited)]
    [InlineData("palette.png", "-pix_fmt pal8", YuvColor.Bt601Limited)]
    [InlineData("red.bmp", "-pix_fmt bgr24", YuvColor.Bt601Limited)]
    [InlineData("red.tiff", "-pix_fmt rgb24", YuvColor.Bt601Limited)]
    [InlineData("red.ppm", "-pix_fmt rgb24", YuvColor.Bt601Limited)]
    public async Task Pictures_keep_their_colour(string name, string encoder, YuvColor expected)
    {
        string file = clips.Make(name, $"{Red} {encoder} -frames:v 1");

        Picture picture = (await DecodeAsync(file)).ShouldHaveSingleItem();

        picture.Color.ShouldBe(expected);
        ShouldBeRed(picture, tolerance: name == "palette.png" ? 16 : 6);
    }

    [Fact]
    public async Task A_large_RGB_picture_is_converted_with_the_matrix_that_is_reported()
    {
        string file = clips.Make("large.png", "-f lavfi -i color=c=0xE02010:s=1920x1080 -frames:v 1 -pix_fmt rgb24");

        ShouldBeRed((await DecodeAsync(file)).ShouldHaveSingleItem());
    }

    [Fact]
    public async Task Moving_JPEG_is_full_range()
    {
        string clip = clips.Make("red.avi", $"{Red} -pix_fmt yuvj422p -c:v mjpeg");

        Picture picture = (await DecodeAsync(clip))[0];

        picture.Color.ShouldBe(YuvColor.Bt601Full);
        ShouldBeRed(picture);
    }

    [Theory]
    [InlineData("tv", YuvColor.Bt601Limited)]
    [InlineData("pc", YuvColor.Bt601Full)]
    public async Task Grey_video_keeps_its_range(string range, YuvColor expected)
    {
        string clip = clips.Make($"grey-{range}.mkv", $"-f lavfi -i color=c=white:s=64x64:r=25 -frames:v 1 -vf scale=out_range={range},format=yuv420p,extractplanes=y -color_range {range} -c:v ffv1");

        Picture picture = (await DecodeAsync(clip))[0];

        picture.Color.ShouldBe(expected);
        ((int)picture.Planes[0]).ShouldBeInRange(range == "tv" ? 234 : 254, range == "tv" ? 236 : 255);
        ((int)picture.Planes[^1]).ShouldBe(128);
    }

    [Theory]
    [InlineData(640, 480, "yuv420p", YuvColor.Bt601Limited)]
    [InlineData(1280, 720, "yuv420p", YuvColor.Bt709Limited)]
    [InlineData(720, 1280, "nv12", YuvColor.Bt709Limited)]
    [InlineData(1920, 1080, "bgr24", YuvColor.Bt601Limited)]
    public void Untagged_video_goes_by_its_size(int width, int height, string format, YuvColor expected)
    {
        var facts = new InputFacts { DecodedWidth = width, DecodedHeight = height, DecodedPixelFormat = format, OutputPixelFormat = "yuv420p" };

        ColorOf.Pictures(facts).ShouldBe(expected);
    }

    private static void ShouldBeRed(Picture picture, double tolerance = 6)
    {
        int luma = picture.Width * picture.Height;
        int chroma = ((picture.Width + 1) / 2) * ((picture.Height + 1) / 2);
        bool isFull = picture.Color is YuvColor.Bt601Full or YuvColor.Bt709Full;
        bool is709 = picture.Color is YuvColor.Bt709Limited or YuvColor.Bt709Full;
        double y = isFull ? picture.Planes[0] : (picture.Planes[0] - 16) * 255.0 / 219;
        double scale = isFull ? 1 : 255.0 / 224;
        double cb = (picture.Planes[luma] - 128) * scale;
        double cr = (picture.Planes[luma + chroma] - 128) * scale;
        (double kr, double kb) = is709 ? (0.2126, 0.0722) : (0.299, 0.114);
        double red = y + (2 * (1 - kr) * cr);
        double blue = y + (2 * (1 - kb) * cb);
        double green = (y - (kr * red) - (kb * blue)) / (1 - kr - kb);
        red.ShouldBe(0xE0, tolerance);
        green.ShouldBe(0x20, tolerance);
        blue.ShouldBe(0x10, tolerance);
    }
}
