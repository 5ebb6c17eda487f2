using System.Numerics;

namespace AuStream.Synthesis.Scene;

/// <summary>A person's head with an expression on it, before the camera: geometry in head space and the exact labels.</summary>
public sealed class PosedHead
{
    /// <summary>Everything to draw. The first part is the skin.</summary>
    public required IReadOnlyList<ScenePart> Parts { get; init; }

    /// <summary>The 68 points of the iBUG scheme in head space (centimetres), person's right side first as the scheme has it.</summary>
    public required Vector3[] Points68 { get; init; }

    /// <summary>Labels: intensity 0–5 per action unit in the order of <see cref="ActionUnits.ActionUnitSet.Numbers"/>, as visible in the geometry.</summary>
    public required float[] Intensities { get; init; }

    /// <summary>Gaze relative to the head in degrees: x positive to the person's left, y positive up.</summary>
    public required Vector2 Gaze { get; init; }

    /// <summary>Facts of the expression that the skin painter needs for wrinkles: strength 0–1.2 of each action unit per side.</summary>
    public required ActionUnits.SidedStrengths Strengths { get; init; }
}
