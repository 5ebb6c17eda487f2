using System.Numerics;

namespace AuStream.Synthesis.Scene;

/// <summary>
/// One drawable part of a posed head: skin, an eye, hair. Positions are in head space: centimetres, x towards the person's
/// left (image right when the person faces the camera), y up, z towards the camera; origin between the eye centres.
/// </summary>
public sealed class ScenePart
{
    /// <summary>Vertex positions in centimetres.</summary>
    public required Vector3[] Positions { get; init; }

    /// <summary>Vertex indices, three per triangle, counter-clockwise seen from outside. Shared between poses: do not write.</summary>
    public required int[] Triangles { get; init; }

    /// <summary>Texture coordinates per triangle corner (as many as <see cref="Triangles"/>), u to the right, v up, wrapping. Shared: do not write.</summary>
    public required Vector2[] TextureCoordinates { get; init; }

    /// <summary>Baked visibility of the surroundings per vertex, 0 (deep in the mouth) to 1 (open), or null for 1 everywhere.</summary>
    public float[]? Openness { get; init; }

    /// <summary>How it looks.</summary>
    public required Material Material { get; init; }
}
