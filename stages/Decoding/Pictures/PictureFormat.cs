namespace AuStream.Stages.Decoding.Pictures;

/// <summary>The format of a picture file, told from its first bytes: names often lie.</summary>
/// <param name="Name">For people.</param>
/// <param name="Demuxer">ffmpeg's reader for it; null lets ffmpeg find it.</param>
internal sealed record PictureFormat(string Name, string? Demuxer)
{
    /// <summary>Bytes that <see cref="Recognise"/> wants to see.</summary>
    public const int SignatureBytes = 16;

    private const string JpegDemuxer = "jpeg_pipe";

    private static readonly string[] _endings =
    [
        ".avif", ".bmp", ".dib", ".gif", ".heic", ".heif", ".jfif", ".jp2", ".jpe", ".jpeg", ".jpg", ".jxl", ".pgm", ".png", ".pnm", ".ppm", ".qoi", ".tif", ".tiff", ".webp",
    ];

    /// <summary>True for JPEG.</summary>
    public bool IsJpeg => Demuxer == JpegDemuxer;

    /// <summary>True when a file in a folder of pictures is meant as one, by its name.</summary>
    public static bool IsPictureName(string path) => _endings.Contains(Path.GetExtension(path).ToLowerInvariant());

    /// <summary>The picture's format; null when it is none, or one that moves (GIF).</summary>
    public static PictureFormat? Recognise(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
        {
            return new("JPEG", JpegDemuxer);
        }

        if (start.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
        {
            return new("PNG", "png_pipe");
        }

        if (start.Length >= 12 && start.StartsWith("RIFF"u8) && start[8..].StartsWith("WEBP"u8))
        {
            return new("WebP", "webp_pipe");
        }

        if (start.StartsWith("II*\0"u8) || start.StartsWith("MM\0*"u8))
        {
            return new("TIFF", "tiff_pipe");
        }

        if (start.Length >= 3 && start[0] == 'P' && start[2] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' && start[1] is (byte)'5' or (byte)'6')
        {
            return start[1] == '5' ? new("PGM", "pgm_pipe") : new("PPM", "ppm_pipe");
        }

        if (start.Length >= 12 && start[4..].StartsWith("ftyp"u8) && IsStillImageBrand(start[8..12]))
        {
            return new("AVIF or HEIF", null);
        }

        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x0A]) || start.StartsWith("\0\0\0\fJXL "u8))
        {
            return new("JPEG XL", null);
        }

        if (start.StartsWith("\0\0\0\fjP  "u8))
        {
            return new("JPEG 2000", null);
        }

        return start.StartsWith("qoif"u8) ? new("QOI", "qoi_pipe")
            : start.StartsWith("BM"u8) ? new("BMP", "bmp_pipe")
            : null;
    }

    private static bool IsStillImageBrand(ReadOnlySpan<byte> brand) =>
        brand.SequenceEqual("avif"u8) || brand.SequenceEqual("heic"u8) || brand.SequenceEqual("heix"u8) || brand.SequenceEqual("mif1"u8);
}
