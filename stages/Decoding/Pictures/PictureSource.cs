using System.Runtime.CompilerServices;
using AuStream.Stages.Frames;

namespace AuStream.Stages.Decoding.Pictures;

/// <summary>A picture, or the pictures of a folder in natural order of their names. A few are decoded ahead, at once.</summary>
internal sealed class PictureSource : IFrameSource
{
    private const long MicrosecondsApart = 1_000_000;
    private const int MaxDecodedAtOnce = 8;

    private readonly IReadOnlyList<string> _names;
    private readonly string _folder;
    private readonly SourceAddress _address;
    private readonly SourceOptions _options;
    private readonly PictureDecoder _decoder;
    private readonly TimeProvider _time;
    private int _enumerations;

    private PictureSource(string folder, IReadOnlyList<string> names, SourceAddress address, SourceOptions options, PictureDecoder decoder, TimeProvider time)
    {
        _folder = folder;
        _names = names;
        _address = address;
        _options = options;
        _decoder = decoder;
        _time = time;
        Description = new SourceDescription(address.Display, SourceKind.Pictures, 0, 0, 0, null, names.Count, "");
    }

    /// <inheritdoc/>
    public SourceDescription Description { get; }

    /// <summary>A single picture.</summary>
    public static PictureSource OpenFile(SourceAddress address, SourceOptions options, PictureDecoder decoder, TimeProvider time) =>
        new(Path.GetDirectoryName(address.Location)!, [Path.GetFileName(address.Location)], address, options, decoder, time);

    /// <summary>A folder.</summary>
    /// <exception cref="SourceException">It has no picture, or may not be read.</exception>
    public static PictureSource OpenFolder(SourceAddress address, SourceOptions options, PictureDecoder decoder, TimeProvider time)
    {
        try
        {
            var search = new EnumerationOptions { RecurseSubdirectories = options.Recursive, IgnoreInaccessible = false };
            List<string> names = [.. Directory.EnumerateFiles(address.Location, "*", search)
                .Where(PictureFormat.IsPictureName)
                .Select(path => Path.GetRelativePath(address.Location, path))];
            names.Sort(NaturalOrder.Compare);
            return names.Count > 0
                ? new PictureSource(address.Location, names, address, options, decoder, time)
                : throw new SourceException(
                    SourceFault.NoPictures,
                    $"The folder {address.Display} holds no pictures (.jpg, .png, .webp, .tiff, .bmp, …){(options.Recursive ? "" : "; its subfolders are not searched")}. Name a folder that does, or a video file.");
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            throw new SourceException(SourceFault.AccessDenied, $"The folder {address.Display} cannot be read: {error.Message} Change its permissions, or run as its owner.", isTransient: false, error);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<VideoFrame> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _enumerations) > 1)
        {
            throw new InvalidOperationException($"{_address.Display} was read before: a source is read once.");
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ahead = new Queue<(string Name, Task<VideoFrame> Picture)>();
        DateTimeOffset startedAt = _time.GetUtcNow();
        SourceException? lastError = null;
        long sequence = 0;
        int next = 0;
        try
        {
            while (next < _names.Count || ahead.Count > 0)
            {
                while (next < _names.Count && ahead.Count < DecodedAtOnce)
                {
                    string name = _names[next++];
                    ahead.Enqueue((name, StartDecoding(name, ending.Token)));
                }

                (string fileName, Task<VideoFrame> picture) = ahead.Dequeue();
                VideoFrame? frame = null;
                try
                {
                    frame = await picture.ConfigureAwait(false);
                }
                catch (SourceException error) when (_names.Count > 1 && _options.PictureErrors == PictureErrorPolicy.Continue)
                {
                    lastError = error;
                    _options.OnWarning?.Invoke(new SourceWarning(_address.Display, error.Message, fileName));
                }

                if (frame is not null)
                {
                    Stamp(frame, fileName, sequence++, startedAt);
                    yield return frame;
                }
            }

            if (sequence == 0)
            {
                throw new SourceException(lastError!.Fault, $"None of the {_names.Count} pictures in {_address.Display} can be read. The last error: {lastError.Message}", isTransient: false, lastError);
            }
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            foreach ((_, Task<VideoFrame> picture) in ahead)
            {
                await picture.ContinueWith(Discard, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static int DecodedAtOnce => Math.Clamp(Environment.ProcessorCount, 2, MaxDecodedAtOnce);

    private static void Discard(Task<VideoFrame> picture)
    {
        if (picture.IsCompletedSuccessfully)
        {
            picture.Result.Dispose();
        }
        else
        {
            _ = picture.Exception;
        }
    }

    private Task<VideoFrame> StartDecoding(string name, CancellationToken cancellationToken)
    {
        string path = Path.Combine(_folder, name);
        string display = _names.Count == 1 && _address.Kind == SourceAddressKind.LocalFile ? _address.Display : Path.Combine(_address.Display, name);

        // A thread of its own: it starts ffmpeg, and the kernel ends ffmpeg when the thread that started it ends.
        return Task.Factory.StartNew(
            () => _decoder.Decode(path, display, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private void Stamp(VideoFrame frame, string name, long sequence, DateTimeOffset startedAt)
    {
        // Far apart, so that nothing takes two pictures for a movement.
        long pts = sequence * MicrosecondsApart;
        frame.Envelope = new Envelope(_options.StreamId, sequence, pts, startedAt.AddMicroseconds(pts), _time.GetTimestamp());
        frame.FileName = name;
    }
}
