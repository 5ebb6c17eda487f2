using System.Buffers.Binary;
using System.IO.Compression;

namespace AuStream.Synthesis.Assets;

/// <summary>
/// Reads PNG (ISO/IEC 15948): 8 bits per channel, grey, grey with alpha, RGB, RGBA or palette, not interlaced — what the assets
/// use. Checksums are not verified.
/// </summary>
public static class PngReader
{
    private const int MaximumSide = 8192;

    /// <summary>Decodes a file.</summary>
    /// <exception cref="SynthesisAssetException">Missing, damaged, or of a kind that is not read.</exception>
    public static PngImage Read(string path)
    {
        try
        {
            return Decode(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentOutOfRangeException)
        {
            throw SynthesisAssetException.For(path, e.Message, "Fetch the asset package again", e);
        }
    }

    /// <summary>Decodes a picture in memory.</summary>
    /// <exception cref="InvalidDataException">Damaged, or of a kind that is not read.</exception>
    public static PngImage Decode(ReadOnlySpan<byte> file)
    {
        if (file.Length < 8 || !file[..8].SequenceEqual((ReadOnlySpan<byte>)[137, 80, 78, 71, 13, 10, 26, 10]))
        {
            throw new InvalidDataException("is not a PNG picture");
        }

        Header? header = null;
        byte[] palette = [];
        byte[] transparency = [];
        using var compressed = new MemoryStream();
        int at = 8;
        while (at + 12 <= file.Length)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file[at..]);
            if (length < 0 || at + 12 + (long)length > file.Length)
            {
                throw new InvalidDataException("ends in the middle of a chunk");
            }

            ReadOnlySpan<byte> type = file.Slice(at + 4, 4);
            ReadOnlySpan<byte> body = file.Slice(at + 8, length);
            at += 12 + length;
            if (type.SequenceEqual("IHDR"u8))
            {
                header = Header.Parse(body);
            }
            else if (type.SequenceEqual("PLTE"u8))
            {
                palette = body.ToArray();
            }
            else if (type.SequenceEqual("tRNS"u8))
            {
                transparency = body.ToArray();
            }
            else if (type.SequenceEqual("IDAT"u8))
            {
                compressed.Write(body);
            }
            else if (type.SequenceEqual("IEND"u8))
            {
                break;
            }
        }

        if (header is not { } h)
        {
            throw new InvalidDataException("has no picture header");
        }

        byte[] rows = Inflate(compressed, h);
        return new PngImage(h.Width, h.Height, ToRgba(rows, h, palette, transparency));
    }

    private static byte[] Inflate(MemoryStream compressed, Header header)
    {
        compressed.Position = 0;
        int stride = header.Width * header.Channels;
        var rows = new byte[stride * header.Height];
        var previous = new byte[stride];
        Span<byte> filter = stackalloc byte[1];
        try
        {
            using var stream = new ZLibStream(compressed, CompressionMode.Decompress);
            for (int y = 0; y < header.Height; y++)
            {
                Span<byte> row = rows.AsSpan(y * stride, stride);
                stream.ReadExactly(filter);
                stream.ReadExactly(row);
                Unfilter(filter[0], row, y == 0 ? previous : rows.AsSpan((y - 1) * stride, stride), header.Channels);
            }
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException("ends before its last row", e);
        }

        return rows;
    }

    private static void Unfilter(byte filter, Span<byte> row, ReadOnlySpan<byte> above, int channels)
    {
        for (int i = 0; i < row.Length; i++)
        {
            int left = i >= channels ? row[i - channels] : 0;
            int up = above[i];
            int upLeft = i >= channels ? above[i - channels] : 0;
            row[i] += filter switch
            {
                0 => 0,
                1 => (byte)left,
                2 => (byte)up,
                3 => (byte)((left + up) / 2),
                4 => (byte)Paeth(left, up, upLeft),
                _ => throw new InvalidDataException($"uses the unknown row filter {filter}"),
            };
        }
    }

    private static int Paeth(int left, int up, int upLeft)
    {
        int estimate = left + up - upLeft;
        int toLeft = Math.Abs(estimate - left);
        int toUp = Math.Abs(estimate - up);
        int toUpLeft = Math.Abs(estimate - upLeft);
        return toLeft <= toUp && toLeft <= toUpLeft ? left : toUp <= toUpLeft ? up : upLeft;
    }

    private static byte[] ToRgba(byte[] rows, Header header, byte[] palette, byte[] transparency)
    {
        var pixels = new byte[header.Width * header.Height * 4];
        for (int i = 0; i < header.Width * header.Height; i++)
        {
            Span<byte> to = pixels.AsSpan(i * 4, 4);
            ReadOnlySpan<byte> from = rows.AsSpan(i * header.Channels, header.Channels);
            switch (header.ColorType)
            {
                case 0:
                    (to[0], to[1], to[2], to[3]) = (from[0], from[0], from[0], 255);
                    break;
                case 2:
                    (to[0], to[1], to[2], to[3]) = (from[0], from[1], from[2], 255);
                    break;
                case 3:
                    int entry = from[0] * 3;
                    if (entry + 3 > palette.Length)
                    {
                        throw new InvalidDataException($"uses colour {from[0]} of a palette of {palette.Length / 3}");
                    }

                    (to[0], to[1], to[2]) = (palette[entry], palette[entry + 1], palette[entry + 2]);
                    to[3] = from[0] < transparency.Length ? transparency[from[0]] : (byte)255;
                    break;
                case 4:
                    (to[0], to[1], to[2], to[3]) = (from[0], from[0], from[0], from[1]);
                    break;
                default:
                    from.CopyTo(to);
                    break;
            }
        }

        return pixels;
    }

    private readonly record struct Header(int Width, int Height, int ColorType, int Channels)
    {
        public static Header Parse(ReadOnlySpan<byte> body)
        {
            if (body.Length != 13)
            {
                throw new InvalidDataException("has a damaged header");
            }

            int width = BinaryPrimitives.ReadInt32BigEndian(body);
            int height = BinaryPrimitives.ReadInt32BigEndian(body[4..]);
            if (width is < 1 or > MaximumSide || height is < 1 or > MaximumSide)
            {
                throw new InvalidDataException($"is {width}×{height} pixels; sides of 1 to {MaximumSide} are read");
            }

            if (body[8] != 8)
            {
                throw new InvalidDataException($"has {body[8]} bits per channel; 8 are read");
            }

            if (body[12] != 0)
            {
                throw new InvalidDataException("is interlaced; store it without interlacing");
            }

            int channels = body[9] switch
            {
                0 or 3 => 1,
                4 => 2,
                2 => 3,
                6 => 4,
                _ => throw new InvalidDataException($"has colour type {body[9]}; grey, RGB, RGBA and palette are read"),
            };
            return new Header(width, height, body[9], channels);
        }
    }
}
