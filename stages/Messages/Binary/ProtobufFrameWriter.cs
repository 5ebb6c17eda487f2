using AuStream.Stages.Faces;

namespace AuStream.Stages.Messages.Binary;

/// <summary>Fills the one frame message that is used again and again; it and its faces are made once.</summary>
internal sealed class ProtobufFrameWriter
{
    private const int ConfidenceDecimals = 3;
    private const int PixelDecimals = 1;
    private const int DegreeDecimals = 1;
    private const int IntensityDecimals = 3;

    private readonly Frame _frame;
    private readonly List<Face> _faces = [];
    private readonly List<(Box Box, Pose Pose)> _places = [];
    private readonly int _count;

    public ProtobufFrameWriter(Frame frame, IReadOnlyList<int> actionUnits)
    {
        _frame = frame;
        _count = actionUnits.Count;
        _frame.ActionUnits.AddRange(actionUnits.Select(unit => (uint)unit));
    }

    public Frame Fill(FrameFaces frame)
    {
        _frame.Sequence = frame.Envelope.Sequence;
        _frame.PtsUs = frame.Envelope.PtsMicroseconds;
        _frame.TimeUs = ProtobufValues.Microseconds(frame.Envelope.CapturedAt);
        _frame.ClearFile();
        if (frame.FileName is not null)
        {
            _frame.File = frame.FileName;
        }

        _frame.Width = (uint)frame.Width;
        _frame.Height = (uint)frame.Height;
        _frame.Success = false;
        _frame.Faces.Clear();
        for (int i = 0; i < frame.Faces.Count; i++)
        {
            _frame.Success |= frame.Faces[i].IsVisible;
            _frame.Faces.Add(Fill(i, frame.Faces[i]));
        }

        return _frame;
    }

    private Face Fill(int index, FaceObservation seen)
    {
        if (index == _faces.Count)
        {
            _faces.Add(new Face());
            _places.Add((new Box(), new Pose()));
        }

        Face face = _faces[index];
        face.Face_ = seen.FaceId;
        face.State = seen.State switch
        {
            Faces.FaceState.Appeared => FaceState.Appeared,
            Faces.FaceState.Tracked => FaceState.Tracked,
            Faces.FaceState.Occluded => FaceState.Occluded,
            _ => FaceState.Lost,
        };
        face.ClearConfidence();
        face.ClearCalibration();
        face.Box = null;
        face.Pose = null;
        face.Intensity.Clear();
        face.Presence.Clear();
        face.Score.Clear();
        if (seen.IsVisible)
        {
            (face.Box, face.Pose) = _places[index];
            FillMeasurements(face, seen);
        }

        return face;
    }

    private void FillMeasurements(Face face, FaceObservation seen)
    {
        face.Confidence = ProtobufValues.RoundedSingle(seen.Confidence, ConfidenceDecimals);
        face.Box.X = ProtobufValues.RoundedSingle(seen.Box.X, PixelDecimals);
        face.Box.Y = ProtobufValues.RoundedSingle(seen.Box.Y, PixelDecimals);
        face.Box.Width = ProtobufValues.RoundedSingle(seen.Box.Width, PixelDecimals);
        face.Box.Height = ProtobufValues.RoundedSingle(seen.Box.Height, PixelDecimals);
        face.Pose.Yaw = ProtobufValues.RoundedSingle(seen.Pose.Yaw, DegreeDecimals);
        face.Pose.Pitch = ProtobufValues.RoundedSingle(seen.Pose.Pitch, DegreeDecimals);
        face.Pose.Roll = ProtobufValues.RoundedSingle(seen.Pose.Roll, DegreeDecimals);
        face.Calibration = seen.Calibration switch
        {
            CalibrationState.Estimating => Calibration.Estimating,
            CalibrationState.Estimated => Calibration.Estimated,
            CalibrationState.Enrolled => Calibration.Enrolled,
            _ => Calibration.None,
        };
        if (!seen.HasActionUnits)
        {
            return;
        }

        if (seen.Intensities.Length != _count)
        {
            throw new ArgumentException($"The session has {_count} action units, face {seen.FaceId} has {seen.Intensities.Length}.", nameof(seen));
        }

        for (int i = 0; i < _count; i++)
        {
            bool isMeasured = float.IsFinite(seen.Intensities[i]) && float.IsFinite(seen.Scores[i]);
            face.Intensity.Add(isMeasured ? ProtobufValues.RoundedSingle(seen.Intensities[i], IntensityDecimals) : float.NaN);
            face.Presence.Add(isMeasured && seen.Presence[i]);
            face.Score.Add(isMeasured ? ProtobufValues.RoundedSingle(seen.Scores[i], IntensityDecimals) : float.NaN);
        }
    }
}
