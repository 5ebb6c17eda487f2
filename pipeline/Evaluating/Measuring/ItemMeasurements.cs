using System.Numerics;
using AuStream.Stages.Faces;

namespace AuStream.Pipeline.Evaluating.Measuring;

/// <summary>What the pipeline measured on the labelled frames of an item. Where several faces are seen, the one at the labelled place counts, else the largest.</summary>
/// <param name="rows">Labelled frames.</param>
/// <param name="units">Action units of the model.</param>
internal sealed class ItemMeasurements(int rows, int units)
{
    /// <summary>Action units of the model.</summary>
    public int Units { get; } = units;

    /// <summary>Per row.</summary>
    public RowState[] States { get; } = new RowState[rows];

    /// <summary>[rows, units]: 0–5; 0 without a face.</summary>
    public float[] Intensities { get; } = new float[rows * units];

    /// <summary>[rows, units]: what another program, or an earlier run, called present; null where the model's thresholds decide.</summary>
    public bool[]? Calls { get; init; }

    /// <summary>Per row, estimated.</summary>
    public HeadPose[] Poses { get; } = new HeadPose[rows];

    /// <summary>Per row, in pixels of the frame.</summary>
    public PixelBox[] Boxes { get; } = new PixelBox[rows];

    /// <summary>Takes the face that a frame's label is about.</summary>
    /// <param name="row">The labelled frame.</param>
    /// <param name="faces">All faces in it.</param>
    /// <param name="place">A point inside the face that is meant, in pixels; null for the largest.</param>
    public void Set(int row, IReadOnlyList<FaceObservation> faces, Vector2? place = null)
    {
        States[row] = RowState.NoFace;
        foreach (FaceObservation face in faces)
        {
            PixelBox? best = States[row] == RowState.NoFace ? null : Boxes[row];
            if (face.IsVisible && face.HasActionUnits && FaceChoice.IsBetter(face.Box, best, place))
            {
                States[row] = RowState.Measured;
                Poses[row] = face.Pose;
                Boxes[row] = face.Box;
                face.Intensities.CopyTo(Intensities.AsSpan(row * Units));
            }
        }
    }
}
