using System.Diagnostics;
using System.Globalization;
using AuStream.Stages.Frames;

namespace AuStream.Stages.Tests.RealFaces;

/// <summary>Decodes a picture, a folder of equally big pictures (<c>*.jpg</c>) or a video by a child ffmpeg, independently of the program's own sources; constant frame rate is assumed.</summary>
internal static class FfmpegFrames
{
    public static IEnumerable<VideoFrame> Read(FramePool pool, string path, double framesPerSecond = 25, string filter = "null")
    {
        (int width, int height) = Probe(path, filter);
        bool isPicture = path.EndsWith(".jpg", StringComparison.Ordinal);
        using Process ffmpeg = Start("ffmpeg", $"-v error -nostdin {Input(path)} -vf {filter},format={(isPicture ? "yuvj420p" : "yuv420p")} -f rawvideo -");
        try
        {
            for (long sequence = 0; ; sequence++)
            {
                VideoFrame frame = pool.Rent(width, height, isPicture ? YuvColor.Bt601Full : YuvColor.Bt601Limited);
                if (!Fill(ffmpeg.StandardOutput.BaseStream, frame.Buffer.Span))
                {
                    frame.Dispose();
                    break;
                }

                frame.Envelope = new Envelope("test", sequence, (long)(sequence * 1e6 / framesPerSecond), DateTimeOffset.UnixEpoch, 0);
                yield return frame;
            }
        }
        finally
        {
            ffmpeg.Kill();
            ffmpeg.WaitForExit();
        }
    }

    private static (int Width, int Height) Probe(string path, string filter)
    {
        using Process ffmpeg = Start("ffmpeg", $"-v error -nostdin {Input(path)} -vf {filter},format=rgb24 -frames:v 1 -f image2pipe -c:v ppm -");
        string header = string.Empty;
        while (header.Count(character => character == '\n') < 2)
        {
            int next = ffmpeg.StandardOutput.BaseStream.ReadByte();
            header += next >= 0 ? (char)next : throw new InvalidOperationException($"ffmpeg cannot read {path}: {ffmpeg.StandardError.ReadToEnd()}");
        }

        ffmpeg.Kill();
        ffmpeg.WaitForExit();
        int[] size = [.. header.Split('\n')[1].Split(' ').Select(side => int.Parse(side, CultureInfo.InvariantCulture))];
        return (size[0], size[1]);
    }

    private static string Input(string path) => (path.Contains('*', StringComparison.Ordinal) ? "-pattern_type glob " : string.Empty) + $"-i \"{path}\"";

    private static bool Fill(Stream stream, Span<byte> buffer)
    {
        int read = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return read == buffer.Length;
    }

    private static Process Start(string program, string arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        UseShellExecute = false,
    })!;
}
