using System.Numerics;

namespace AuStream.Synthesis.Heads;

/// <summary>A place on a head's skin that moves with it: three rig vertices and how much each counts.</summary>
/// <param name="A">Rig vertex.</param>
/// <param name="B">Rig vertex.</param>
/// <param name="C">Rig vertex.</param>
/// <param name="WeightB">Share of <paramref name="B"/>, 0–1.</param>
/// <param name="WeightC">Share of <paramref name="C"/>, 0–1; the rest is <paramref name="A"/>'s.</param>
internal readonly record struct SkinPoint(int A, int B, int C, float WeightB, float WeightC)
{
    /// <summary>Where the place is when the rig's vertices are there, in their unit.</summary>
    public Vector3 On(ReadOnlySpan<Vector3> positions) =>
        (positions[A] * (1 - WeightB - WeightC)) + (positions[B] * WeightB) + (positions[C] * WeightC);
}
