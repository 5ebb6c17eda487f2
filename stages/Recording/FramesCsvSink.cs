using AuStream.Stages.ActionUnits;
using AuStream.Stages.Faces;
using AuStream.Stages.Publishing;

namespace AuStream.Stages.Recording;

/// <summary>
/// Writes <c>frames.csv</c> with OpenFace's column names: one row per frame and face, and one row with <c>face_id</c> 0 and
/// <c>success</c> 0 for a frame without any. <c>docs/outputs.md</c> describes every column.
/// </summary>
/// <remarks>
/// Whole rows are handed to the operating system every half second of the stream's time (pictures: after each), with every status
/// and statistics, and at the end, where the disk is waited for too. Allocates nothing per frame. Not thread-safe.
/// </remarks>
public sealed class FramesCsvSink : IResultSink
{
    private const int FlushBytes = 64 * 1024;
    private const long FlushMicroseconds = 500_000;
    private const int ConfidenceDecimals = 3;
    private const int AngleDecimals = 4;
    private const int PixelDecimals = 2;
    private const int IntensityDecimals = 3;
    private const int PoseAndBoxColumns = 7;

    private static readonly string[] s_calibrations = ["none", "estimating", "estimated", "enrolled"];

    private readonly RowFile _file;
    private long _framesWritten;
    private readonly int _actionUnitCount;
    private readonly bool _isPictures;
    private long _flushedAt = long.MinValue / 2;

    /// <summary>Creates the file, or replaces the one that is there, and writes the column names.</summary>
    /// <param name="path">The file.</param>
    /// <param name="session">Names the model's action units.</param>
    /// <param name="isPictures">True for a picture or a folder of pictures: adds the column <c>file</c>.</param>
    /// <exception cref="ResultFileException">The file cannot be written.</exception>
    public FramesCsvSink(string path, SessionInfo session, bool isPictures)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(session);
        _actionUnitCount = session.ActionUnits.Count;
        _isPictures = isPictures;
        _file = new RowFile(path, ',');
        try
        {
            WriteColumnNames(session.ActionUnits);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ResultFileException">The disk is full or gone.</exception>
    /// <exception cref="ArgumentException">A face's action units are another model's.</exception>
    public ValueTask PublishFrameAsync(FrameFaces faces, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(faces);
        bool hasRow = false;
        for (int i = 0; i < faces.Faces.Count; i++)
        {
            FaceObservation face = faces.Faces[i];
            if (face.IsVisible)
            {
                SeenFace(faces, face);
                hasRow = true;
            }
            else if (face.State == FaceState.Occluded)
            {
                NothingSeen(faces, face.FaceId);
                hasRow = true;
            }
        }

        if (!hasRow)
        {
            NothingSeen(faces, faceId: 0);
        }

        Interlocked.Increment(ref _framesWritten);
        long pts = faces.Envelope.PtsMicroseconds;
        if (_isPictures || pts - _flushedAt >= FlushMicroseconds || _file.Rows.WholeLength >= FlushBytes)
        {
            _file.Write();
            _flushedAt = pts;
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    string IResultSink.Kind => "frames_csv";

    /// <inheritdoc/>
    SinkCounters IResultSink.Counters => new(Interlocked.Read(ref _framesWritten), 0, 0, 0, 0, _file.BytesWritten);

    /// <summary>Events are no part of this file.</summary>
    public ValueTask PublishEventAsync(ActionUnitEvent actionUnitEvent, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Writes what is waiting: a stream that changes its state may give no frame for long.</summary>
    /// <exception cref="ResultFileException">The disk is full or gone.</exception>
    public ValueTask PublishStatusAsync(StreamStatus status, CancellationToken cancellationToken)
    {
        _file.Write();
        return ValueTask.CompletedTask;
    }

    /// <summary>Writes what is waiting.</summary>
    /// <exception cref="ResultFileException">The disk is full or gone.</exception>
    public ValueTask PublishStatisticsAsync(StreamStatistics statistics, CancellationToken cancellationToken)
    {
        _file.Write();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    /// <exception cref="ResultFileException">The disk is full or gone.</exception>
    public ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        _file.Complete();
        return ValueTask.CompletedTask;
    }

    /// <summary>Closes the file, with all whole rows in it.</summary>
    public ValueTask DisposeAsync()
    {
        _file.Dispose();
        return ValueTask.CompletedTask;
    }

    private void WriteColumnNames(IReadOnlyList<int> actionUnits)
    {
        string[] before =
        [
            "frame", "face_id", "timestamp", "confidence", "success", "pose_Rx", "pose_Ry", "pose_Rz",
            "face_x", "face_y", "face_width", "face_height",
        ];
        IEnumerable<string> intensities = actionUnits.Select(actionUnit => ActionUnitNames.CodeOf(actionUnit) + "_r");
        IEnumerable<string> presences = actionUnits.Select(actionUnit => ActionUnitNames.CodeOf(actionUnit) + "_c");
        string[] after = _isPictures ? ["calibration", "file"] : ["calibration"];
        foreach (string name in before.Concat(intensities).Concat(presences).Concat(after))
        {
            _file.Rows.Text(name);
        }

        _file.Rows.EndRow();
        _file.Write();
    }

    private void SeenFace(FrameFaces frame, FaceObservation face)
    {
        if (face.HasActionUnits && face.Intensities.Length != _actionUnitCount)
        {
            throw new ArgumentException($"The file has {_actionUnitCount} action units, face {face.FaceId} has {face.Intensities.Length}.", nameof(face));
        }

        RowBuffer row = _file.Rows;
        BeginRow(frame, face.FaceId, face.Confidence, success: 1);
        OpenFacePose pose = OpenFacePose.From(face.Pose);
        row.Number(pose.Rx, AngleDecimals);
        row.Number(pose.Ry, AngleDecimals);
        row.Number(pose.Rz, AngleDecimals);
        row.Number(face.Box.X, PixelDecimals);
        row.Number(face.Box.Y, PixelDecimals);
        row.Number(face.Box.Width, PixelDecimals);
        row.Number(face.Box.Height, PixelDecimals);
        if (face.HasActionUnits)
        {
            foreach (float intensity in face.Intensities)
            {
                row.Number(intensity, IntensityDecimals);
            }

            foreach (bool isPresent in face.Presence)
            {
                row.Integer(isPresent ? 1 : 0);
            }
        }
        else
        {
            row.Empty(2 * _actionUnitCount);
        }

        row.Text(s_calibrations[(int)face.Calibration]);
        EndRow(frame);
    }

    private void NothingSeen(FrameFaces frame, long faceId)
    {
        BeginRow(frame, faceId, confidence: 0, success: 0);
        _file.Rows.Empty(PoseAndBoxColumns + (2 * _actionUnitCount) + 1);
        EndRow(frame);
    }

    private void BeginRow(FrameFaces frame, long faceId, double confidence, int success)
    {
        RowBuffer row = _file.Rows;
        row.Integer(frame.Envelope.Sequence + 1);
        row.Integer(faceId);
        row.Seconds(frame.Envelope.PtsMicroseconds);
        row.Number(confidence, ConfidenceDecimals);
        row.Integer(success);
    }

    private void EndRow(FrameFaces frame)
    {
        if (_isPictures)
        {
            _file.Rows.Text(frame.FileName);
        }

        _file.Rows.EndRow();
    }
}
