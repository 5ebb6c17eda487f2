using System.Globalization;
using System.Text;
using AuStream.Stages.ActionUnits;
using AuStream.Stages.Faces;
using AuStream.Stages.Publishing;

namespace AuStream.Stages.Recording;

/// <summary>
/// Writes <c>events.tsv</c>, a table of events as BIDS defines it: one row per finished event of an action unit and per stay of a
/// face. <c>docs/outputs.md</c> describes every column; the file beside it (<c>.json</c>) does so for programs.
/// </summary>
/// <remarks>
/// Each row is handed to the operating system as soon as its event ends, so rows come in order of their ends; at the end of the
/// stream the file is replaced by one in order of onset, as BIDS asks. A frame allocates nothing unless a face comes or goes.
/// Not thread-safe.
/// </remarks>
public sealed class EventsTsvSink : IResultSink
{
    private const char Tab = '\t';
    private const int IntensityDecimals = 3;
    private const string NotApplicable = "n/a";

    private readonly RowFile _file;
    private long _eventsWritten;
    private readonly FaceLifeCycle _faces;

    /// <summary>Creates the file and its description, or replaces those that are there.</summary>
    /// <param name="path">The table, ending in <c>.tsv</c>; the description gets the same name and <c>.json</c>.</param>
    /// <param name="session">What the description says about the origin.</param>
    /// <param name="ids">Makes the ids of the faces' stays.</param>
    /// <exception cref="ResultFileException">A file cannot be written.</exception>
    public EventsTsvSink(string path, SessionInfo session, EventIdGenerator ids)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(session);
        _faces = new FaceLifeCycle(ids);
        _file = new RowFile(path, Tab);
        try
        {
            foreach (string name in EventColumns.Names)
            {
                _file.Rows.Text(name);
            }

            _file.Rows.EndRow();
            _file.Write();
            ReplacedFile.Write(Path.ChangeExtension(path, ".json"), stream => EventColumns.Describe(stream, session));
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>Notes which faces come and go.</summary>
    /// <exception cref="ResultFileException">The disk is full or gone.</exception>
    public ValueTask PublishFrameAsync(FrameFaces faces, CancellationToken cancellationToken)
    {
        WriteFaces(_faces.Observe(faces));
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    string IResultSink.Kind => "events_tsv";

    /// <inheritdoc/>
    SinkCounters IResultSink.Counters => new(0, 0, Interlocked.Read(ref _eventsWritten), 0, 0, _file.BytesWritten);

    /// <summary>Writes an event that ended.</summary>
    /// <exception cref="ResultFileException">The disk is full or gone.</exception>
    public ValueTask PublishEventAsync(ActionUnitEvent actionUnitEvent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actionUnitEvent);
        if (actionUnitEvent is { Phase: EventPhase.End, OffsetMicroseconds: long offset })
        {
            RowBuffer row = _file.Rows;
            row.Seconds(actionUnitEvent.OnsetMicroseconds);
            row.Seconds(offset - actionUnitEvent.OnsetMicroseconds);
            row.Text(ActionUnitNames.CodeOf(actionUnitEvent.ActionUnit));
            row.Integer(actionUnitEvent.FaceId);
            row.Number(actionUnitEvent.PeakIntensity, IntensityDecimals);
            row.Number(actionUnitEvent.MeanIntensity, IntensityDecimals);
            row.Seconds(actionUnitEvent.ApexMicroseconds);
            row.Text(EventColumns.NameOf(actionUnitEvent.EndReason));
            row.Text(actionUnitEvent.EventId);
            row.EndRow();
            _file.Write();
            Interlocked.Increment(ref _eventsWritten);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Ends the stays of the faces that are there and puts the rows in order of onset.</summary>
    /// <exception cref="ResultFileException">The disk is full or gone.</exception>
    public ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        WriteFaces(_faces.Complete());
        _file.Complete();
        SortByOnset(_file.Path);
        return ValueTask.CompletedTask;
    }

    /// <summary>Closes the file, with a row for everything that ended.</summary>
    public ValueTask DisposeAsync()
    {
        _file.Dispose();
        return ValueTask.CompletedTask;
    }

    private static void SortByOnset(string path)
    {
        try
        {
            string[] lines = File.ReadAllLines(path);
            string[] rows = lines[1..];
            decimal[] onsets = Array.ConvertAll(rows, row => decimal.Parse(row.AsSpan(0, row.IndexOf(Tab)), CultureInfo.InvariantCulture));
            int[] order = [.. Enumerable.Range(0, rows.Length).OrderBy(index => onsets[index])];
            ReplacedFile.Write(path, stream =>
            {
                using StreamWriter writer = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
                writer.WriteLine(lines[0]);
                foreach (int index in order)
                {
                    writer.WriteLine(rows[index]);
                }
            });
        }
        catch (Exception e) when (ResultFileException.IsFileError(e))
        {
            throw ResultFileException.For(path, e);
        }
    }

    private void WriteFaces(IReadOnlyList<FaceEvent> events)
    {
        for (int i = 0; i < events.Count; i++)
        {
            if (events[i].Phase == FaceEventPhase.Lost)
            {
                WriteFace(events[i]);
            }
        }
    }

    private void WriteFace(in FaceEvent face)
    {
        RowBuffer row = _file.Rows;
        row.Seconds(face.FirstSeenMicroseconds);
        row.Seconds(face.LastSeenMicroseconds - face.FirstSeenMicroseconds);
        row.Text(EventColumns.Face);
        row.Integer(face.FaceId);
        row.Text(NotApplicable);
        row.Text(NotApplicable);
        row.Text(NotApplicable);
        row.Text(EventColumns.NameOf(face.StreamEnded ? EventEndReason.StreamEnded : EventEndReason.FaceLost));
        row.Text(face.EventId);
        row.EndRow();
        _file.Write();
    }
}
