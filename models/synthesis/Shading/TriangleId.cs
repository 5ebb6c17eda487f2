namespace AuStream.Synthesis.Shading;

/// <summary>Part and triangle number in the 32 bits of a visibility buffer: up to 511 parts of 4 million triangles: some thirty people at once.</summary>
internal static class TriangleId
{
    /// <summary>Bits of the triangle number; the part number lies above them.</summary>
    public const int TriangleBits = 22;

    public const int MaximumParts = 511;

    public static int Of(int part, int triangle) => (part << TriangleBits) | triangle;

    public static int Part(int id) => id >> TriangleBits;

    public static int Triangle(int id) => id & ((1 << TriangleBits) - 1);
}
