using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AuStream.Synthesis.Shading;

/// <summary>
/// A value per pixel in four planes of half width and height (even and odd columns of even and odd rows), with a border of zeros: eight
/// neighbours of one plane lie side by side. Reused between pictures; not thread-safe.
/// </summary>
internal sealed class HalfPlanes
{
    /// <summary>Pixels of a plane that are handled at once.</summary>
    public const int Lanes = 8;

    private float[] _values = [];

    /// <summary>Elements from one row of a plane to the next.</summary>
    public int Stride { get; private set; }

    /// <summary>Elements of a plane.</summary>
    public int PlaneSize { get; private set; }

    /// <summary>Element of a plane's first pixel.</summary>
    public int Origin { get; private set; }

    /// <summary>Columns of a plane.</summary>
    public int Width { get; private set; }

    /// <summary>Rows of a plane.</summary>
    public int Height { get; private set; }

    /// <summary>The planes, one after another.</summary>
    public float[] Values => _values;

    /// <summary>Gives the planes the size of a picture.</summary>
    public void Resize(int width, int height)
    {
        int halfWidth = (width + 1) / 2;
        int halfHeight = (height + 1) / 2;
        if (halfWidth == Width && halfHeight == Height && ((width | height) & 1) == 0)
        {
            return;
        }

        Width = halfWidth;
        Height = halfHeight;
        Stride = ((halfWidth + Lanes - 1) / Lanes * Lanes) + (2 * Lanes);
        PlaneSize = Stride * (halfHeight + 2);
        Origin = Stride + Lanes;

        // New memory, so that the border holds zeros.
        _values = new float[4 * PlaneSize];
    }

    /// <summary>Element of a pixel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int At(int x, int y) => ((((y & 1) * 2) + (x & 1)) * PlaneSize) + Origin + ((y >> 1) * Stride) + (x >> 1);

    /// <summary>Elements of eight pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<int> At(Vector256<int> x, Vector256<int> y) =>
        ((((y & Vector256<int>.One) << 1) + (x & Vector256<int>.One)) * PlaneSize) + Vector256.Create(Origin) + ((y >> 1) * Stride) + (x >> 1);

    /// <summary>Eight neighbours of a plane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Load(int element) => Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(_values), (nuint)element);

    /// <summary>Writes eight neighbours of a plane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(int element, Vector256<float> values) => values.StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(_values), (nuint)element);
}
