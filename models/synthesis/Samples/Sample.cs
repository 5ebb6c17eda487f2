using System.Numerics;
using AuStream.Synthesis.ActionUnits;
using AuStream.Synthesis.People;

namespace AuStream.Synthesis.Samples;

/// <summary>A picture of one person and everything that is known about it. Reused by its generator: copy what must stay.</summary>
public sealed class Sample
{
    /// <summary>Side of the square picture in pixels.</summary>
    public const int Side = 256;

    /// <summary>Side · Side · 3 bytes, RGB, rows from the top.</summary>
    public byte[] Rgb { get; } = new byte[Side * Side * 3];

    /// <summary>Intensity 0–5 per action unit, in the order of <see cref="ActionUnitSet.Numbers"/>.</summary>
    public float[] Intensities { get; } = new float[ActionUnitSet.Count];

    /// <summary>The 68 points of the iBUG scheme in pixels, x right, y down, 0 at the border of the picture.</summary>
    public Vector2[] Points68 { get; } = new Vector2[68];

    /// <summary>True for points that nothing hides and that lie within the picture.</summary>
    public bool[] Visible68 { get; } = new bool[68];

    /// <summary>Turn of the head in degrees: yaw (positive to the picture's right), pitch (positive up), roll (positive clockwise).</summary>
    public Vector3 Pose { get; set; }

    /// <summary>Gaze relative to the head in degrees: x positive to the person's left, y positive up.</summary>
    public Vector2 Gaze { get; set; }

    /// <summary>Box around the points.</summary>
    public FaceBox Box { get; set; }

    /// <summary>Identity.</summary>
    public long Identity { get; set; }

    /// <summary>True for a picture of the resting face: no action unit, other light and pose.</summary>
    public bool IsNeutral { get; set; }

    /// <summary>Asset that the head is made of.</summary>
    public HeadSource Source { get; set; }

    /// <summary>True when something lies in front of the face.</summary>
    public bool IsOccluded { get; set; }

    /// <summary>The 66 points (the 68 without the inner corners of the lips, 60 and 64).</summary>
    public Vector2[] ToPoints66() => [.. Points68.Where((_, index) => index is not (60 or 64))];
}
