using System.Buffers.Binary;
using System.IO.Compression;
using AuStream.Synthesis.Pictures;

namespace AuStream.Synthesis.Tests.Pictures;

public class PngWriterTests
{
    [Fact]
    public void A_written_picture_unpacks_to_the_same_pixels()
    {
        byte[] rgb = new byte[5 * 3 * 3];
        for (int i = 0; i < rgb.Length; i++)
        {
            rgb[i] = (byte)((i * 37) + 11);
        }

        using var stream = new MemoryStream();
        PngWriter.Write(stream, rgb, 5, 3);
        byte[] file = stream.ToArray();
        file[..8].ShouldBe([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        byte[] packed = Chunk(file, "IDAT");
        using var inflated = new MemoryStream();
        using (var zlib = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress))
        {
            zlib.CopyTo(inflated);
        }

        byte[] rows = inflated.ToArray();
        rows.Length.ShouldBe(3 * 16);
        for (int y = 0; y < 3; y++)
        {
            rows[y * 16].ShouldBe((byte)2);
            for (int x = 0; x < 15; x++)
            {
                byte above = y > 0 ? rgb[((y - 1) * 15) + x] : (byte)0;
                ((byte)(rows[(y * 16) + 1 + x] + above)).ShouldBe(rgb[(y * 15) + x]);
            }
        }
    }

    [Fact]
    public void The_end_chunk_has_its_well_known_checksum()
    {
        using var stream = new MemoryStream();
        PngWriter.Write(stream, new byte[3], 1, 1);
        stream.ToArray()[^4..].ShouldBe([0xAE, 0x42, 0x60, 0x82]);
    }

    [Fact]
    public void Bytes_that_do_not_fit_are_refused() =>
        Should.Throw<ArgumentException>(() => PngWriter.Write(new MemoryStream(), new byte[4], 1, 1)).Message.ShouldContain("4 bytes");

    private static byte[] Chunk(byte[] file, string type)
    {
        for (int at = 8; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            if (System.Text.Encoding.ASCII.GetString(file, at + 4, 4) == type)
            {
                return file[(at + 8)..(at + 8 + length)];
            }

            at += length + 12;
        }

        throw new InvalidDataException($"no chunk {type}");
    }
}
