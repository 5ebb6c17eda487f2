using System.Text.Json;
using AuStream.Stages.ActionUnits;
using AuStream.Stages.Faces;

namespace AuStream.Stages.Messages;

/// <summary>The fields of a frame message after its origin.</summary>
internal sealed class JsonFrameWriter
{
    private const int ConfidenceDecimals = 3;
    private const int PixelDecimals = 1;
    private const int DegreeDecimals = 1;
    private const int IntensityDecimals = 3;

    private static readonly JsonEncodedText s_sequence = JsonEncodedText.Encode("sequence");
    private static readonly JsonEncodedText s_pts = JsonEncodedText.Encode("pts");
    private static readonly JsonEncodedText s_time = JsonEncodedText.Encode("time");
    private static readonly JsonEncodedText s_file = JsonEncodedText.Encode("file");
    private static readonly JsonEncodedText s_width = JsonEncodedText.Encode("width");
    private static readonly JsonEncodedText s_height = JsonEncodedText.Encode("height");
    private static readonly JsonEncodedText s_success = JsonEncodedText.Encode("success");
    private static readonly JsonEncodedText s_faces = JsonEncodedText.Encode("faces");
    private static readonly JsonEncodedText s_face = JsonEncodedText.Encode("face");
    private static readonly JsonEncodedText s_state = JsonEncodedText.Encode("state");
    private static readonly JsonEncodedText s_confidence = JsonEncodedText.Encode("confidence");
    private static readonly JsonEncodedText s_box = JsonEncodedText.Encode("box");
    private static readonly JsonEncodedText s_x = JsonEncodedText.Encode("x");
    private static readonly JsonEncodedText s_y = JsonEncodedText.Encode("y");
    private static readonly JsonEncodedText s_pose = JsonEncodedText.Encode("pose");
    private static readonly JsonEncodedText s_yaw = JsonEncodedText.Encode("yaw");
    private static readonly JsonEncodedText s_pitch = JsonEncodedText.Encode("pitch");
    private static readonly JsonEncodedText s_roll = JsonEncodedText.Encode("roll");
    private static readonly JsonEncodedText s_actionUnits = JsonEncodedText.Encode("action_units");
    private static readonly JsonEncodedText s_intensity = JsonEncodedText.Encode("intensity");
    private static readonly JsonEncodedText s_presence = JsonEncodedText.Encode("presence");
    private static readonly JsonEncodedText s_score = JsonEncodedText.Encode("score");
    private static readonly JsonEncodedText[] s_states =
    [
        JsonEncodedText.Encode("appeared"), JsonEncodedText.Encode("tracked"), JsonEncodedText.Encode("occluded"), JsonEncodedText.Encode("lost"),
    ];

    private static readonly JsonEncodedText s_calibration = JsonEncodedText.Encode("calibration");
    private static readonly JsonEncodedText[] s_calibrations =
    [
        JsonEncodedText.Encode("none"), JsonEncodedText.Encode("estimating"), JsonEncodedText.Encode("estimated"), JsonEncodedText.Encode("enrolled"),
    ];

    private readonly JsonEncodedText[] _codes;

    internal JsonFrameWriter(IReadOnlyList<int> actionUnits)
    {
        _codes = [.. actionUnits.Select(actionUnit => JsonEncodedText.Encode(ActionUnitNames.CodeOf(actionUnit)))];
    }

    internal void Write(Utf8JsonWriter json, FrameFaces frame)
    {
        json.WriteNumber(s_sequence, frame.Envelope.Sequence);
        json.WriteSeconds(s_pts, frame.Envelope.PtsMicroseconds);
        json.WriteTime(s_time, frame.Envelope.CapturedAt);
        if (frame.FileName is not null)
        {
            json.WriteString(s_file, frame.FileName);
        }

        json.WriteNumber(s_width, frame.Width);
        json.WriteNumber(s_height, frame.Height);
        json.WriteBoolean(s_success, HasVisibleFace(frame.Faces));
        json.WriteStartArray(s_faces);
        for (int i = 0; i < frame.Faces.Count; i++)
        {
            WriteFace(json, frame.Faces[i]);
        }

        json.WriteEndArray();
    }

    private static bool HasVisibleFace(IReadOnlyList<FaceObservation> faces)
    {
        for (int i = 0; i < faces.Count; i++)
        {
            if (faces[i].IsVisible)
            {
                return true;
            }
        }

        return false;
    }

    private void WriteFace(Utf8JsonWriter json, FaceObservation face)
    {
        json.WriteStartObject();
        json.WriteNumber(s_face, face.FaceId);
        json.WriteString(s_state, s_states[(int)face.State]);
        if (face.IsVisible)
        {
            json.WriteRounded(s_confidence, face.Confidence, ConfidenceDecimals);
            json.WriteStartObject(s_box);
            json.WriteRounded(s_x, face.Box.X, PixelDecimals);
            json.WriteRounded(s_y, face.Box.Y, PixelDecimals);
            json.WriteRounded(s_width, face.Box.Width, PixelDecimals);
            json.WriteRounded(s_height, face.Box.Height, PixelDecimals);
            json.WriteEndObject();
            json.WriteStartObject(s_pose);
            json.WriteRounded(s_yaw, face.Pose.Yaw, DegreeDecimals);
            json.WriteRounded(s_pitch, face.Pose.Pitch, DegreeDecimals);
            json.WriteRounded(s_roll, face.Pose.Roll, DegreeDecimals);
            json.WriteEndObject();
            json.WriteString(s_calibration, s_calibrations[(int)face.Calibration]);
            if (face.HasActionUnits)
            {
                WriteActionUnits(json, face);
            }
        }

        json.WriteEndObject();
    }

    private void WriteActionUnits(Utf8JsonWriter json, FaceObservation face)
    {
        if (face.Intensities.Length != _codes.Length)
        {
            throw new ArgumentException($"The session has {_codes.Length} action units, face {face.FaceId} has {face.Intensities.Length}.", nameof(face));
        }

        json.WriteStartObject(s_actionUnits);
        for (int i = 0; i < _codes.Length; i++)
        {
            if (!float.IsFinite(face.Intensities[i]) || !float.IsFinite(face.Scores[i]))
            {
                // Not measured, so not said.
                continue;
            }

            json.WriteStartObject(_codes[i]);
            json.WriteRounded(s_intensity, face.Intensities[i], IntensityDecimals);
            json.WriteBoolean(s_presence, face.Presence[i]);
            json.WriteRounded(s_score, face.Scores[i], IntensityDecimals);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
