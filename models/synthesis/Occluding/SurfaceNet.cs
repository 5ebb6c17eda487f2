using System.Numerics;

namespace AuStream.Synthesis.Occluding;

/// <summary>
/// Turns a field of distances into a closed mesh with one vertex per cell that the surface crosses (Gibson, "Constrained Elastic
/// Surface Nets", MICCAI 1998, without the relaxation). Not thread-safe.
/// </summary>
internal sealed class SurfaceNet
{
    private const int Block = 4;

    private readonly List<Vector3> _positions = [];
    private readonly List<int> _triangles = [];
    private float[] _values = [];
    private int[] _vertices = [];
    private int _nx;
    private int _ny;
    private int _nz;

    /// <summary>Meshes where the distance is 0; triangles run counter-clockwise seen from outside, where it is positive.</summary>
    /// <param name="solid">The field; it must not grow faster than space itself.</param>
    /// <param name="low">Lower corner, outside the solid.</param>
    /// <param name="high">Upper corner, outside the solid.</param>
    /// <param name="cell">Side of a cell.</param>
    public (Vector3[] Positions, int[] Triangles) Mesh(HandSolid solid, Vector3 low, Vector3 high, float cell)
    {
        _positions.Clear();
        _triangles.Clear();
        Vector3 size = (high - low) / cell;
        (_nx, _ny, _nz) = ((int)size.X + 2, (int)size.Y + 2, (int)size.Z + 2);
        _values = new float[_nx * _ny * _nz];
        _vertices = new int[_nx * _ny * _nz];
        Sample(solid, low, cell);
        PlaceVertices(low, cell);
        Connect();
        return ([.. _positions], [.. _triangles]);
    }

    private int Index(int x, int y, int z) => (((z * _ny) + y) * _nx) + x;

    // Blocks whose middle is farther from the surface than their corners are on one side of it: one value does.
    private void Sample(HandSolid solid, Vector3 low, float cell)
    {
        float reach = 0.5f * Block * cell * 1.7321f;
        for (int z = 0; z < _nz; z += Block)
        {
            for (int y = 0; y < _ny; y += Block)
            {
                for (int x = 0; x < _nx; x += Block)
                {
                    float middle = solid.Distance(low + ((new Vector3(x, y, z) + new Vector3((Block - 1) / 2f)) * cell));
                    bool isNear = MathF.Abs(middle) < reach;
                    for (int k = z; k < Math.Min(z + Block, _nz); k++)
                    {
                        for (int j = y; j < Math.Min(y + Block, _ny); j++)
                        {
                            for (int i = x; i < Math.Min(x + Block, _nx); i++)
                            {
                                _values[Index(i, j, k)] = isNear ? solid.Distance(low + (new Vector3(i, j, k) * cell)) : middle;
                            }
                        }
                    }
                }
            }
        }
    }

    private void PlaceVertices(Vector3 low, float cell)
    {
        Array.Fill(_vertices, -1);
        for (int z = 0; z + 1 < _nz; z++)
        {
            for (int y = 0; y + 1 < _ny; y++)
            {
                for (int x = 0; x + 1 < _nx; x++)
                {
                    Vector3 sum = Vector3.Zero;
                    int crossings = 0;
                    for (int corner = 0; corner < 8; corner++)
                    {
                        for (int axis = 1; axis < 8; axis <<= 1)
                        {
                            if ((corner & axis) == 0)
                            {
                                Cross(x, y, z, corner, corner | axis, ref sum, ref crossings);
                            }
                        }
                    }

                    if (crossings > 0)
                    {
                        _vertices[Index(x, y, z)] = _positions.Count;
                        _positions.Add(low + ((new Vector3(x, y, z) + (sum / crossings)) * cell));
                    }
                }
            }
        }
    }

    private void Cross(int x, int y, int z, int from, int to, ref Vector3 sum, ref int crossings)
    {
        float a = _values[Index(x + (from & 1), y + ((from >> 1) & 1), z + (from >> 2))];
        float b = _values[Index(x + (to & 1), y + ((to >> 1) & 1), z + (to >> 2))];
        if (a < 0 != b < 0)
        {
            sum += Vector3.Lerp(Corner(from), Corner(to), a / (a - b));
            crossings++;
        }
    }

    private static Vector3 Corner(int corner) => new(corner & 1, (corner >> 1) & 1, corner >> 2);

    private void Connect()
    {
        for (int z = 1; z + 1 < _nz; z++)
        {
            for (int y = 1; y + 1 < _ny; y++)
            {
                for (int x = 1; x + 1 < _nx; x++)
                {
                    bool isInside = _values[Index(x, y, z)] < 0;
                    if (isInside != _values[Index(x + 1, y, z)] < 0)
                    {
                        AddQuad(Index(x, y - 1, z - 1), Index(x, y, z - 1), Index(x, y, z), Index(x, y - 1, z), isInside);
                    }

                    if (isInside != _values[Index(x, y + 1, z)] < 0)
                    {
                        AddQuad(Index(x - 1, y, z - 1), Index(x - 1, y, z), Index(x, y, z), Index(x, y, z - 1), isInside);
                    }

                    if (isInside != _values[Index(x, y, z + 1)] < 0)
                    {
                        AddQuad(Index(x - 1, y - 1, z), Index(x, y - 1, z), Index(x, y, z), Index(x - 1, y, z), isInside);
                    }
                }
            }
        }
    }

    private void AddQuad(int a, int b, int c, int d, bool isForwards)
    {
        (a, b, c, d) = (_vertices[a], _vertices[b], _vertices[c], _vertices[d]);
        _triangles.AddRange(isForwards ? [a, b, c, a, c, d] : [a, c, b, a, d, c]);
    }
}
