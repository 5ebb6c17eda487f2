using System.Globalization;
using System.Text.RegularExpressions;

namespace AuStream.Stages.Decoding.Ffmpeg;

/// <summary>
/// Understands ffmpeg's log (<c>-loglevel level+verbose</c>): what the input is, how its picture changes, what went wrong.
/// Of errors it keeps a bounded number of lines, without passwords. Thread-safe.
/// </summary>
internal sealed partial class FfmpegLog
{
    private const int MaxErrors = 24;
    private const int MaxLineLength = 400;

    private readonly Lock _gate = new();
    private readonly Queue<string> _errors = new();
    private readonly Dictionary<int, InputStreamFacts> _inputStreams = [];
    private readonly TaskCompletionSource _outputDescribed = new();
    private bool _inOutput;
    private int _mappedStream;
    private InputFacts _facts = new();

    /// <summary>Errors seen so far, those no longer kept included.</summary>
    public int ErrorCount { get; private set; }

    /// <summary>The newest errors, oldest first.</summary>
    public IReadOnlyList<string> Errors
    {
        get
        {
            lock (_gate)
            {
                return [.. _errors];
            }
        }
    }

    /// <summary>True once the picture's aspect ratio changed in mid-stream.</summary>
    public bool HasChangedShape { get; private set; }

    /// <summary>What is known of the input so far.</summary>
    public InputFacts Facts
    {
        get
        {
            lock (_gate)
            {
                return _facts with { Stream = _inputStreams.GetValueOrDefault(_mappedStream, new InputStreamFacts()) };
            }
        }
    }

    /// <summary>Waits until the output is described, which ffmpeg does before it writes the first frame.</summary>
    public void WaitForOutputDescription(TimeSpan limit) => _outputDescribed.Task.Wait(limit);

    /// <summary>The log has ended.</summary>
    public void End() => _outputDescribed.TrySetResult();

    /// <summary>Takes one line.</summary>
    public void Add(string line)
    {
        Match match = LevelPrefix().Match(line);
        if (!match.Success)
        {
            return;
        }

        string text = match.Groups[2].Value;
        lock (_gate)
        {
            switch (match.Groups[1].ValueSpan)
            {
                case "error" or "fatal" or "panic":
                    AddError(text);
                    break;
                case "info":
                    AddDescription(text.TrimStart());
                    break;
                case "verbose":
                    AddGraphInput(text);
                    break;
            }
        }
    }

    private void AddError(string text)
    {
        ErrorCount++;
        string masked = SecretMask.Apply(text.Trim());
        _errors.Enqueue(masked.Length > MaxLineLength ? masked[..MaxLineLength] + "…" : masked);
        if (_errors.Count > MaxErrors)
        {
            _errors.Dequeue();
        }
    }

    private void AddDescription(string text)
    {
        if (InputLine().Match(text) is { Success: true } input)
        {
            _facts = _facts with { Format = input.Groups[1].Value };
        }
        else if (DurationLine().Match(text) is { Success: true } duration)
        {
            _facts = _facts with { Duration = TimeSpan.Parse(duration.Groups[1].ValueSpan, CultureInfo.InvariantCulture) };
        }
        else if (MappingLine().Match(text) is { Success: true } mapping)
        {
            _mappedStream = int.Parse(mapping.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        }
        else if (text.StartsWith("Output #0,", StringComparison.Ordinal))
        {
            _inOutput = true;
        }
        else if (VideoStreamLine().Match(text) is { Success: true } stream)
        {
            AddVideoStream(stream);
        }
    }

    private void AddVideoStream(Match stream)
    {
        string details = stream.Groups[3].Value;
        Match format = PixelFormat().Match(details);
        string pixelFormat = format.Groups[1].Value;
        string[] tags = format.Groups[2].Value.Split(", ", StringSplitOptions.RemoveEmptyEntries);
        if (_inOutput)
        {
            _facts = _facts with { OutputPixelFormat = pixelFormat, OutputTags = tags };
            _outputDescribed.TrySetResult();
            return;
        }

        Match rate = FrameRate().Match(details);
        double thousand = rate.Groups[2].Length > 0 ? 1000 : 1;
        _inputStreams[int.Parse(stream.Groups[1].ValueSpan, CultureInfo.InvariantCulture)] = new InputStreamFacts(
            stream.Groups[2].Value,
            rate.Success ? double.Parse(rate.Groups[1].ValueSpan, CultureInfo.InvariantCulture) * thousand : 0,
            tags);
    }

    private void AddGraphInput(string text)
    {
        Match match = GraphInput().Match(text);
        if (!match.Success)
        {
            return;
        }

        int width = int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        int height = int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture);
        if (_facts.DecodedWidth == 0)
        {
            _facts = _facts with { DecodedWidth = width, DecodedHeight = height, DecodedPixelFormat = match.Groups[3].Value };
            return;
        }

        double change = ((double)width * _facts.DecodedHeight) / ((double)height * _facts.DecodedWidth);
        HasChangedShape |= change is < 0.98 or > 1.02;
    }

    [GeneratedRegex(@"^(?:\[[^\]]* @ [0-9a-fx]+\] )*\[(panic|fatal|error|warning|info|verbose)\] (.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex LevelPrefix();

    [GeneratedRegex("^Input #0, (.+?), from ", RegexOptions.CultureInvariant)]
    private static partial Regex InputLine();

    [GeneratedRegex(@"^Duration: (\d+:\d\d:\d\d\.\d+),", RegexOptions.CultureInvariant)]
    private static partial Regex DurationLine();

    [GeneratedRegex(@"^Stream #0:(\d+) -> #0:0 ", RegexOptions.CultureInvariant)]
    private static partial Regex MappingLine();

    [GeneratedRegex(@"^Stream #0:(\d+)[^ ]*: Video: ([A-Za-z0-9_]+)(.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex VideoStreamLine();

    [GeneratedRegex(@", ([a-z][a-z0-9]+)(?:\(([^)]*)\))?, \d+x\d+", RegexOptions.CultureInvariant)]
    private static partial Regex PixelFormat();

    [GeneratedRegex(@", ([0-9.]+)(k?) fps", RegexOptions.CultureInvariant)]
    private static partial Regex FrameRate();

    [GeneratedRegex(@"^w:(\d+) h:(\d+) pixfmt:(\S+) ", RegexOptions.CultureInvariant)]
    private static partial Regex GraphInput();
}
