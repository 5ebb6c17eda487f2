namespace AuStream.Synthesis.Shading;

/// <summary>Part and triangle number in the 32 bits of a visibility buffer: up to 127 parts of 16 million triangles.</summary>
internal static class TriangleId
{
    public const int MaximumParts = 127;

    public static int Of(int part, int triangle) => (part << 24) | triangle;

    public static int Part(int id) => id >> 24;

    public static int Triangle(int id) => id & 0xFFFFFF;
}
