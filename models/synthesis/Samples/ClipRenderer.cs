using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AuStream.Synthesis.ActionUnits;

namespace AuStream.Synthesis.Samples;

/// <summary>Films a sequence into an H.264 file by ffmpeg, with its truth as JSON beside it.</summary>
public static class ClipRenderer
{
    private static readonly JsonSerializerOptions Json = new();

    /// <summary>Films and encodes; the frames are rendered by this thread.</summary>
    /// <param name="actors">The people.</param>
    /// <param name="options">How it is filmed.</param>
    /// <param name="videoPath">The .mp4 file; replaced when it exists.</param>
    /// <param name="truthPath">The .json file; replaced when it exists.</param>
    /// <param name="quality">Constant rate factor of x264, 0 (lossless) to 51; 23 is usual.</param>
    /// <param name="progress">Told the number of frames filmed and in all, or null.</param>
    /// <param name="cancellation">Stops between frames; then the video is unfinished and deleted.</param>
    /// <exception cref="InvalidOperationException">ffmpeg is missing or refuses; the message says why.</exception>
    public static void Render(
        IReadOnlyList<SequenceActor> actors,
        SequenceOptions options,
        string videoPath,
        string truthPath,
        int quality = 23,
        Action<int, int>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(actors);
        ArgumentNullException.ThrowIfNull(options);
        var renderer = new SequenceRenderer(actors, options);
        int frames = renderer.FrameCount;
        var truth = new List<ActorTruth[]>(frames);
        using Process encoder = Start(options, frames, videoPath, quality);
        Task<string> errors = encoder.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            byte[] rgb = new byte[options.Width * options.Height * 3];
            for (int frame = 0; frame < frames; frame++)
            {
                cancellation.ThrowIfCancellationRequested();
                if (options.IsFilmed(frame))
                {
                    truth.Add(renderer.Render(frame / options.FramesPerSecond, rgb));
                }

                encoder.StandardInput.BaseStream.Write(rgb);
                progress?.Invoke(frame + 1, frames);
            }

            encoder.StandardInput.Close();
            encoder.WaitForExit();
        }
        catch (IOException error)
        {
            Stop(encoder);
            throw new InvalidOperationException($"ffmpeg stopped while {videoPath} was written: {errors.GetAwaiter().GetResult().Trim()}", error);
        }
        catch
        {
            Stop(encoder);
            File.Delete(videoPath);
            throw;
        }

        if (encoder.ExitCode != 0)
        {
            throw new InvalidOperationException($"ffmpeg could not write {videoPath}: {errors.GetAwaiter().GetResult().Trim()}");
        }

        File.WriteAllText(truthPath, JsonSerializer.Serialize(Describe(actors, options, frames, truth), Json) + "\n");
    }

    private static Process Start(SequenceOptions options, int frames, string videoPath, int quality)
    {
        var start = new ProcessStartInfo("ffmpeg") { RedirectStandardInput = true, RedirectStandardError = true };
        string size = string.Create(CultureInfo.InvariantCulture, $"{options.Width}x{options.Height}");
        string rate = options.FramesPerSecond.ToString(CultureInfo.InvariantCulture);

        // A frame that was not filmed travels to ffmpeg too, as a copy, and is left out there: so the others keep their times.
        string filmed = options.DroppedFrames > 0
            ? $"select='{string.Join('+', Enumerable.Range(0, frames).Where(options.IsFilmed).Select(frame => $"eq(n,{frame})"))}',"
            : string.Empty;
        foreach (string argument in (string[])
            [
                "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", size, "-r", rate, "-i", "pipe:0",
                "-an", "-vf", filmed + "scale=out_color_matrix=bt709:out_range=tv", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709",
                "-c:v", "libx264", "-preset", "slow", "-crf", quality.ToString(CultureInfo.InvariantCulture), "-pix_fmt", "yuv420p",
                "-threads", "1", .. options.DroppedFrames > 0 ? (string[])["-fps_mode", "vfr"] : [], "-fflags", "+bitexact", "-flags:v", "+bitexact", "-movflags", "+faststart", "-f", "mp4", videoPath,
            ])
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            return Process.Start(start) ?? throw new InvalidOperationException("ffmpeg did not start.");
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new InvalidOperationException("ffmpeg was not found: install it (Debian: apt-get install ffmpeg) to write clips.", error);
        }
    }

    private static void Stop(Process encoder)
    {
        if (!encoder.HasExited)
        {
            encoder.Kill();
            encoder.WaitForExit();
        }
    }

    private static ClipTruth Describe(IReadOnlyList<SequenceActor> actors, SequenceOptions options, int frames, List<ActorTruth[]> truth) => new()
    {
        FramesPerSecond = options.FramesPerSecond,
        Times = [.. Enumerable.Range(0, frames).Where(options.IsFilmed).Select(frame => Math.Round(frame / options.FramesPerSecond, 6))],
        Width = options.Width,
        Height = options.Height,
        ActionUnits = ActionUnitSet.Numbers,
        People =
        [
            .. actors.Select((actor, index) => new PersonTruth
            {
                Intensities = [.. truth.Select(frame => Array.ConvertAll(frame[index].Intensities, value => MathF.Round(value, 3)))],
                Boxes = [.. truth.Select(frame => Rounded(frame[index].Box.X, frame[index].Box.Y, frame[index].Box.Width, frame[index].Box.Height))],
                Poses = [.. truth.Select(frame => Rounded(frame[index].Pose.X, frame[index].Pose.Y, frame[index].Pose.Z))],
                Present = [.. truth.Select(frame => frame[index].IsInPicture)],
                Intervals = [.. actor.Timeline.Intervals.Select(i => new IntervalTruth(i.ActionUnit, i.Onset, i.ApexStart, i.ApexEnd, i.Offset, i.PeakIntensity))],
                Speech = [.. actor.Timeline.SpeechIntervals.Select(s => new[] { s.Start, s.End })],
            }),
        ],
    };

    private static float[] Rounded(params float[] values) => Array.ConvertAll(values, value => MathF.Round(value, 2));
}
