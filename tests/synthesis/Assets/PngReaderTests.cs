using System.Buffers.Binary;
using System.IO.Compression;
using AuStream.Synthesis.Assets;
using FsCheck;
using FsCheck.Fluent;
using AuStream.Testing;

namespace AuStream.Synthesis.Tests.Assets;

public class PngReaderTests
{
    [Fact]
    public void Grey_becomes_equal_channels_without_transparency()
    {
        PngImage image = PngReader.Decode(Png(2, 1, 0, [0, 10, 200]));
        (image.Width, image.Height).ShouldBe((2, 1));
        image.Pixels.ShouldBe([10, 10, 10, 255, 200, 200, 200, 255]);
    }

    [Fact]
    public void Grey_with_alpha_keeps_its_alpha() =>
        PngReader.Decode(Png(1, 1, 4, [0, 10, 77])).Pixels.ShouldBe([10, 10, 10, 77]);

    [Fact]
    public void Palettes_are_looked_up_with_their_transparency()
    {
        byte[] png = Png(3, 1, 3, [0, 1, 0, 1], palette: [1, 2, 3, 40, 50, 60], transparency: [9]);
        PngReader.Decode(png).Pixels.ShouldBe([40, 50, 60, 255, 1, 2, 3, 9, 40, 50, 60, 255]);
    }

    [Fact]
    public void Every_row_filter_restores_what_it_was_made_from() => Check.QuickThrowOnFailure(Prop.ForAll(Seeds.Any, seed =>
    {
        var random = new Random(seed);
        int width = random.Next(1, 9);
        int height = random.Next(1, 9);
        int channels = random.Next(2) == 0 ? 3 : 4;
        var pixels = new byte[width * height * channels];
        random.NextBytes(pixels);
        PngImage image = PngReader.Decode(Png(width, height, (byte)(channels == 3 ? 2 : 6), Filter(pixels, width * channels, height, channels, random)));
        for (int i = 0; i < width * height; i++)
        {
            for (int k = 0; k < channels; k++)
            {
                image.Pixels[(i * 4) + k].ShouldBe(pixels[(i * channels) + k]);
            }
        }
    }));

    [Theory]
    [InlineData(16, 2, 0, "16 bits")]
    [InlineData(8, 2, 1, "interlaced")]
    [InlineData(8, 5, 0, "colour type 5")]
    public void Kinds_that_are_not_read_are_refused_by_name(byte depth, byte colorType, byte interlace, string expected)
    {
        byte[] png = Png(1, 1, 2, [0, 1, 2, 3]);
        (png[24], png[25], png[28]) = (depth, colorType, interlace);
        Should.Throw<InvalidDataException>(() => PngReader.Decode(png)).Message.ShouldContain(expected);
    }

    [Fact]
    public void Files_that_are_something_else_are_refused() =>
        Should.Throw<InvalidDataException>(() => PngReader.Decode("GIF89a.............."u8)).Message.ShouldContain("not a PNG");

    [Fact]
    public void Rows_that_are_missing_are_noticed() =>
        Should.Throw<InvalidDataException>(() => PngReader.Decode(Png(1, 2, 2, [0, 1, 2, 3])));

    private static byte[] Filter(byte[] pixels, int stride, int height, int channels, Random random)
    {
        var filtered = new List<byte>();
        for (int y = 0; y < height; y++)
        {
            int filter = random.Next(5);
            filtered.Add((byte)filter);
            for (int x = 0; x < stride; x++)
            {
                int left = x >= channels ? pixels[(y * stride) + x - channels] : 0;
                int up = y > 0 ? pixels[((y - 1) * stride) + x] : 0;
                int corner = x >= channels && y > 0 ? pixels[((y - 1) * stride) + x - channels] : 0;
                int[] distances = [Math.Abs(up - corner), Math.Abs(left - corner), Math.Abs(left + up - (2 * corner))];
                int nearest = distances[0] <= distances[1] && distances[0] <= distances[2] ? left : distances[1] <= distances[2] ? up : corner;
                int predicted = filter switch { 0 => 0, 1 => left, 2 => up, 3 => (left + up) / 2, _ => nearest };
                filtered.Add((byte)(pixels[(y * stride) + x] - predicted));
            }
        }

        return [.. filtered];
    }

    private static byte[] Png(int width, int height, byte colorType, byte[] rows, byte[]? palette = null, byte[]? transparency = null)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, colorType);
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(rows);
        }

        // Two IDAT chunks: pictures may be split anywhere.
        byte[] data = compressed.ToArray();
        return
        [
            137, 80, 78, 71, 13, 10, 26, 10,
            .. Chunk("IHDR"u8, header),
            .. palette is null ? [] : Chunk("PLTE"u8, palette),
            .. transparency is null ? [] : Chunk("tRNS"u8, transparency),
            .. Chunk("IDAT"u8, data[..3]),
            .. Chunk("IDAT"u8, data[3..]),
            .. Chunk("IEND"u8, []),
        ];
    }

    private static byte[] Chunk(ReadOnlySpan<byte> type, byte[] body)
    {
        var chunk = new byte[12 + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, body.Length);
        type.CopyTo(chunk.AsSpan(4));
        body.CopyTo(chunk, 8);
        return chunk;
    }
}
