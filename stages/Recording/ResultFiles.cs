using AuStream.Stages.Decoding;
using AuStream.Stages.Publishing;

namespace AuStream.Stages.Recording;

/// <summary>The files of one run of one stream.</summary>
public static class ResultFiles
{
    /// <summary>
    /// Makes the folder where it is missing and the sinks that write into it: <c>frames.csv</c>; for a video or a live source also
    /// <c>events.tsv</c> with <c>events.json</c>, <c>annotations.eaf</c> and <c>report.html</c>. Files of the same names are replaced.
    /// </summary>
    /// <param name="folder">A folder of this run alone.</param>
    /// <param name="session">The run.</param>
    /// <param name="source">The opened source.</param>
    /// <param name="ids">Makes the ids of the faces' stays.</param>
    /// <param name="privacy">How much may be told: without single frames there is no <c>frames.csv</c>, without single faces none of these files.</param>
    /// <returns>The sinks; the caller publishes to, completes and disposes each.</returns>
    /// <exception cref="ResultFileException">The folder or a file cannot be written.</exception>
    public static IReadOnlyList<IResultSink> Create(string folder, SessionInfo session, SourceDescription source, EventIdGenerator ids, PrivacyMode privacy = PrivacyMode.Faces)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(source);
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (ResultFileException.IsFileError(e))
        {
            throw ResultFileException.For(folder, e);
        }

        List<IResultSink> sinks = [];
        try
        {
            bool isPictures = source.Kind == SourceKind.Pictures;
            if (privacy == PrivacyMode.Faces)
            {
                sinks.Add(new FramesCsvSink(Path.Combine(folder, "frames.csv"), session, isPictures));
            }

            if (privacy != PrivacyMode.Aggregate && !isPictures)
            {
                sinks.Add(new EventsTsvSink(Path.Combine(folder, "events.tsv"), session, ids));
                sinks.Add(new ElanSink(Path.Combine(folder, "annotations.eaf"), session, source, ids));
            }

            if (privacy == PrivacyMode.Faces && !isPictures)
            {
                sinks.Add(new ReportSink(Path.Combine(folder, "report.html"), session, source));
            }

            return sinks;
        }
        catch
        {
            sinks.ForEach(Close);
            throw;
        }
    }

    /// <summary>These sinks close at once.</summary>
    private static void Close(IResultSink sink) => sink.DisposeAsync().AsTask().GetAwaiter().GetResult();
}
