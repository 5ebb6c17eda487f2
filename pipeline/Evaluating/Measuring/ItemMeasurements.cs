using AuStream.Stages.Faces;

namespace AuStream.Pipeline.Evaluating.Measuring;

/// <summary>What the pipeline measured on the labelled frames of an item. Where several faces are seen, the largest counts.</summary>
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

    /// <summary>Takes a frame's largest face.</summary>
    public void Set(int row, IReadOnlyList<FaceObservation> faces)
    {
        States[row] = RowState.NoFace;
        foreach (FaceObservation face in faces)
        {
            bool isLargest = States[row] == RowState.NoFace || face.Box.Area > Boxes[row].Area;
            if (face.IsVisible && face.HasActionUnits && isLargest)
            {
                States[row] = RowState.Measured;
                Poses[row] = face.Pose;
                Boxes[row] = face.Box;
                face.Intensities.CopyTo(Intensities.AsSpan(row * Units));
            }
        }
    }
}
