namespace AuStream.Synthesis.ActionUnits;

/// <summary>A side of the face, from the person's own point of view.</summary>
public enum FaceSide
{
    /// <summary>The person's right: image left when the person faces the camera.</summary>
    Right = 0,

    /// <summary>The person's left.</summary>
    Left = 1,
}
