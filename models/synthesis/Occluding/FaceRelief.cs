using System.Numerics;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.Occluding;

/// <summary>How far a posed face reaches forward, on a grid of 5 mm: hands and things are laid onto it. Head space, centimetres.</summary>
internal sealed class FaceRelief
{
    private const float Cell = 0.5f;
    private const float Left = -10;
    private const float Bottom = -15;
    private const int Columns = 40;
    private const int Rows = 54;

    private readonly float[] _depths = new float[Columns * Rows];

    /// <param name="head">The head; its first part is the skin.</param>
    public FaceRelief(PosedHead head)
    {
        Points68 = head.Points68;
        Array.Fill(_depths, float.NegativeInfinity);
        Vector3[] positions = head.Parts[0].Positions;
        int[] triangles = head.Parts[0].Triangles;
        for (int t = 0; t + 2 < triangles.Length; t += 3)
        {
            Vector3 a = positions[triangles[t]];
            Vector3 b = positions[triangles[t + 1]];
            Vector3 c = positions[triangles[t + 2]];
            if (a.Z > -9)
            {
                Raise(a);
                Raise(b);
                Raise((a + b) / 2);
                Raise((a + c) / 2);
                Raise((a + b + c) / 3);
            }
        }
    }

    /// <summary>The 68 points of the face.</summary>
    public Vector3[] Points68 { get; }

    /// <summary>Mean of some of the 68 points.</summary>
    public Vector3 Middle(int first, int count)
    {
        Vector3 sum = Vector3.Zero;
        for (int i = first; i < first + count; i++)
        {
            sum += Points68[i];
        }

        return sum / count;
    }

    /// <summary>The point of the surface in front of a place, or null beside the head.</summary>
    public Vector3? At(float x, float y)
    {
        float depth = float.NegativeInfinity;
        int column = (int)((x - Left) / Cell);
        int row = (int)((y - Bottom) / Cell);
        for (int j = Math.Max(0, row - 1); j <= Math.Min(Rows - 1, row + 1); j++)
        {
            for (int i = Math.Max(0, column - 1); i <= Math.Min(Columns - 1, column + 1); i++)
            {
                depth = MathF.Max(depth, _depths[(j * Columns) + i]);
            }
        }

        return float.IsNegativeInfinity(depth) ? null : new Vector3(x, y, depth);
    }

    private void Raise(Vector3 point)
    {
        int column = (int)((point.X - Left) / Cell);
        int row = (int)((point.Y - Bottom) / Cell);
        if (column is >= 0 and < Columns && row is >= 0 and < Rows)
        {
            ref float depth = ref _depths[(row * Columns) + column];
            depth = MathF.Max(depth, point.Z);
        }
    }
}
