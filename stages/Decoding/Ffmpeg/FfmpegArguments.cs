using System.Globalization;
using AuStream.Stages.Decoding.Pictures;

namespace AuStream.Stages.Decoding.Ffmpeg;

/// <summary>What ffmpeg is told: decode one video to raw yuv420p pictures in NUT on its standard output.</summary>
internal static class FfmpegArguments
{
    // Without a level in the log's lines an error could not be told from the rest; verbose lines tell the input's changes.
    private static readonly string[] _common = ["-nostdin", "-hide_banner", "-nostats", "-loglevel", "level+verbose"];

    /// <summary>Arguments for a video file or a live source.</summary>
    public static List<string> ForVideo(SourceAddress address, SourceOptions options, FfmpegExecutable ffmpeg)
    {
        List<string> arguments = [.. _common];
        AddHardware(arguments, options);
        AddDecoderThreads(arguments, address, options);
        switch (address.Kind)
        {
            case SourceAddressKind.LocalFile:
                AddFile(arguments, address, options);
                break;
            case SourceAddressKind.Camera:
                AddCamera(arguments, address, options.Camera);
                break;
            default:
                AddNetwork(arguments, address, options);
                break;
        }

        if (address.Kind != SourceAddressKind.Web)
        {
            // V leaves out cover art. Not for the web: of a stream in several qualities ffmpeg's own choice is the best one.
            arguments.AddRange("-map", "0:V:0");
        }

        AddOutput(arguments, Filters(options), ffmpeg, copyingThreads: address.Kind == SourceAddressKind.LocalFile ? 2 : 1);
        return arguments;
    }

    /// <summary>Arguments for one picture file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">Its format.</param>
    /// <param name="orientation">How it has to be turned (EXIF), or null to leave that to ffmpeg.</param>
    /// <param name="options">How to read it.</param>
    /// <param name="ffmpeg">Which ffmpeg will be told.</param>
    public static List<string> ForPicture(string path, PictureFormat format, int? orientation, SourceOptions options, FfmpegExecutable ffmpeg)
    {
        List<string> arguments = [.. _common, "-threads", "1"];
        if (format.Demuxer is { } demuxer)
        {
            // Named outright, since ffmpeg goes by the name's ending, and takes a % in a name for a pattern.
            arguments.AddRange("-f", demuxer);
        }

        if (orientation is not null)
        {
            arguments.Add("-noautorotate");
        }

        arguments.AddRange("-i", "file:" + path, "-frames:v", "1");
        string turn = JpegOrientation.Filters(orientation ?? JpegOrientation.Upright);
        AddOutput(arguments, turn + Filters(options), ffmpeg, copyingThreads: 1);
        return arguments;
    }

    private static void AddHardware(List<string> arguments, SourceOptions options)
    {
        if (options.Hardware == HardwareDecoding.Off)
        {
            return;
        }

        arguments.AddRange("-hwaccel", options.Hardware switch
        {
            HardwareDecoding.Cuda => "cuda",
            HardwareDecoding.Vaapi => "vaapi",
            _ => "auto",
        });
        if (options.HardwareDevice is { } device)
        {
            arguments.AddRange("-hwaccel_device", device);
        }
    }

    private static void AddDecoderThreads(List<string> arguments, SourceAddress address, SourceOptions options)
    {
        if (options.DecoderThreads > 0)
        {
            arguments.AddRange("-threads", options.DecoderThreads.ToString(CultureInfo.InvariantCulture));
        }

        if (address.Kind != SourceAddressKind.LocalFile)
        {
            // Threads that decode a frame each hold back as many frames as there are threads.
            arguments.AddRange("-thread_type", "slice");
        }
    }

    private static void AddFile(List<string> arguments, SourceAddress address, SourceOptions options)
    {
        if (options.RealTime)
        {
            arguments.Add("-re");
        }

        if (options.Repeat != 0)
        {
            arguments.AddRange("-stream_loop", options.Repeat.ToString(CultureInfo.InvariantCulture));
        }

        arguments.AddRange("-i", "file:" + address.Location);
    }

    private static void AddCamera(List<string> arguments, SourceAddress address, CameraOptions camera)
    {
        arguments.AddRange("-f", "v4l2");
        if (camera.PixelFormat is { } pixelFormat)
        {
            arguments.AddRange("-input_format", pixelFormat);
        }

        if (camera is { Width: { } width, Height: { } height })
        {
            arguments.AddRange("-video_size", string.Create(CultureInfo.InvariantCulture, $"{width}x{height}"));
        }

        if (camera.FramesPerSecond is { } rate)
        {
            arguments.AddRange("-framerate", rate.ToString(CultureInfo.InvariantCulture));
        }

        arguments.AddRange("-i", address.Location);
    }

    private static void AddNetwork(List<string> arguments, SourceAddress address, SourceOptions options)
    {
        if (address.IsRtsp)
        {
            arguments.AddRange("-rtsp_transport", options.RtspTransport switch
            {
                RtspTransport.Udp => "udp",
                RtspTransport.Http => "http",
                _ => "tcp",
            });
            arguments.AddRange("-allowed_media_types", "video");
        }

        arguments.AddRange("-i", address.Location);
    }

    private static void AddOutput(List<string> arguments, string filters, FfmpegExecutable ffmpeg, int copyingThreads)
    {
        arguments.AddRange("-an", "-sn", "-dn", "-vf", filters);

        // Every frame keeps the time that it has in the source, in the source's own time base; none is doubled or left out.
        arguments.AddRange(ffmpeg.HasFpsMode ? "-fps_mode" : "-vsync", "passthrough", "-enc_time_base", ffmpeg.HasNamedTimeBases ? "demux" : "-1");

        // Even for raw pictures ffmpeg runs an encoder, which holds back a frame per thread that it has: by default one per core.
        arguments.AddRange("-threads", copyingThreads.ToString(CultureInfo.InvariantCulture));

        // Without an index, because ffmpeg would keep it in memory as long as it runs.
        arguments.AddRange("-c:v", "rawvideo", "-map_metadata", "-1", "-f", "nut", "-write_index", "0", "-flush_packets", "1", "pipe:1");
    }

    private static string Filters(SourceOptions options)
    {
        // Square pixels, by enlarging the shorter side; aspect ratios beyond 1:5 are taken for damaged. Commas stay literal within quotes.
        string width = "if(between(sar,1.01,5),iw*sar,iw)";
        string height = "if(between(sar,0.2,0.99),ih/sar,ih)";
        if (options.MaxSide is { } side)
        {
            string factor = string.Create(CultureInfo.InvariantCulture, $"min(1,{side}/max({width},{height}))");
            (width, height) = ($"({width})*{factor}", $"({height})*{factor}");
        }

        // yuvj420p is yuv420p of full range: with both allowed, no range is converted.
        string deinterlace = options.Deinterlace ? "yadif=deint=interlaced," : "";
        return $"{deinterlace}scale=w='max(1,round({width}))':h='max(1,round({height}))',format=yuv420p|yuvj420p";
    }

    private static void AddRange(this List<string> arguments, params ReadOnlySpan<string> values)
    {
        foreach (string value in values)
        {
            arguments.Add(value);
        }
    }
}
