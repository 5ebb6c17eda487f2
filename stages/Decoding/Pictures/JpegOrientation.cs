using System.Buffers.Binary;

namespace AuStream.Stages.Decoding.Pictures;

/// <summary>
/// How a JPEG photo has to be turned, as its EXIF data say (EXIF 2.3, tag 0x0112). Read here, because ffmpeg before 5.1 ignores it.
/// </summary>
internal static class JpegOrientation
{
    /// <summary>Stored upright.</summary>
    public const int Upright = 1;

    private const byte MarkerPrefix = 0xFF;
    private const byte StartOfScan = 0xDA;
    private const byte Application1 = 0xE1;
    private const ushort OrientationTag = 0x0112;
    private const int DirectoryEntryBytes = 12;

    /// <summary>The orientation, 1–8; 1 where none is given or where the data are damaged.</summary>
    public static int Read(Stream jpeg)
    {
        Span<byte> header = stackalloc byte[4];
        jpeg.Seek(2, SeekOrigin.Begin);
        while (jpeg.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) == header.Length && header[0] == MarkerPrefix && header[1] != StartOfScan)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(header[2..]) - 2;
            if (length < 0)
            {
                break;
            }

            if (header[1] == Application1)
            {
                byte[] segment = new byte[length];
                int read = jpeg.ReadAtLeast(segment, length, throwOnEndOfStream: false);
                if (segment.AsSpan(0, read).StartsWith("Exif\0\0"u8))
                {
                    return ReadTiff(segment.AsSpan(6, read - 6));
                }
            }
            else
            {
                jpeg.Seek(length, SeekOrigin.Current);
            }
        }

        return Upright;
    }

    /// <summary>ffmpeg's filters that turn the picture upright; empty when it is.</summary>
    public static string Filters(int orientation) => orientation switch
    {
        2 => "hflip,",
        3 => "hflip,vflip,",
        4 => "vflip,",
        5 => "transpose=cclock_flip,",
        6 => "transpose=clock,",
        7 => "transpose=clock_flip,",
        8 => "transpose=cclock,",
        _ => "",
    };

    private static int ReadTiff(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8)
        {
            return Upright;
        }

        bool isBigEndian = tiff[0] == 'M';
        uint directory = ReadUInt32(tiff[4..], isBigEndian);
        if (directory > tiff.Length - 2)
        {
            return Upright;
        }

        int count = ReadUInt16(tiff[(int)directory..], isBigEndian);
        ReadOnlySpan<byte> entries = tiff[((int)directory + 2)..];
        for (int entry = 0; entry < count && entries.Length >= DirectoryEntryBytes; entry++, entries = entries[DirectoryEntryBytes..])
        {
            if (ReadUInt16(entries, isBigEndian) == OrientationTag)
            {
                int orientation = ReadUInt16(entries[8..], isBigEndian);
                return orientation is >= 1 and <= 8 ? orientation : Upright;
            }
        }

        return Upright;
    }

    private static ushort ReadUInt16(ReadOnlySpan<byte> bytes, bool isBigEndian) =>
        isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static uint ReadUInt32(ReadOnlySpan<byte> bytes, bool isBigEndian) =>
        isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
