using AuStream.Stages.Faces;

namespace AuStream.Stages.Events;

/// <summary>What the smoother needs to know of one face in one frame. Pooled.</summary>
internal sealed class MeasuredFace(int actionUnitCount)
{
    public long FaceId { get; set; }

    public bool IsLost { get; set; }

    /// <summary>True when <see cref="Intensities"/> hold this frame's values; single ones may not be finite.</summary>
    public bool IsMeasured { get; set; }

    public float[] Intensities { get; } = new float[actionUnitCount];

    public void Take(FaceObservation face)
    {
        FaceId = face.FaceId;
        IsLost = face.State == FaceState.Lost;
        IsMeasured = face is { IsVisible: true, HasActionUnits: true };
        if (IsMeasured)
        {
            if (face.Intensities.Length != Intensities.Length)
            {
                throw new ArgumentException($"The face has {face.Intensities.Length} action units, the smoother was made for {Intensities.Length}.", nameof(face));
            }

            face.Intensities.CopyTo(Intensities, 0);
        }
    }
}
