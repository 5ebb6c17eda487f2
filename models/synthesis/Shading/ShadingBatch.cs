using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AuStream.Synthesis.Shading;

/// <summary>Points of one kind of material that wait until there are eight of them, component by component. Not thread-safe.</summary>
internal sealed class ShadingBatch
{
    /// <summary>Mask of a point that a whole pixel shows and nothing lies before.</summary>
    public const int WholePixel = 16;

    /// <summary>Points in a full batch.</summary>
    public const int Lanes = 8;

    private const int Components = 18;

    private readonly float[] _values = new float[Components * Lanes];
    private readonly int[] _samples = new int[Lanes];
    private readonly int[] _masks = new int[Lanes];

    /// <summary>Points that wait.</summary>
    public int Count { get; private set; }

    public bool IsFull => Count == Lanes;

    public Vector3x8 Position => Three(0);

    /// <summary>Unit normals of the mesh.</summary>
    public Vector3x8 Normal => Vector3x8.Normalize(Three(3));

    /// <summary>Unit normals with the relief on them.</summary>
    public Vector3x8 ReliefNormal
    {
        get
        {
            Vector3x8 gradient = Vector3x8.Cross(Three(6), Three(3));
            Vector256<float> flattening = Vector256<float>.One / Vector256.Sqrt(Vector256<float>.One + (Vector3x8.Dot(gradient, gradient) * 0.5f));
            return Vector3x8.Normalize(Normal - (gradient * flattening));
        }
    }

    public Vector3x8 Albedo => Three(9);

    public Vector256<float> Openness => One(12);

    public Vector256<float> Gloss => One(13);

    public Vector256<float> Specular => One(14);

    /// <summary>How far light wraps around; solid materials only.</summary>
    public Vector256<float> Softness => One(15);

    /// <summary>Share of light mirrored at right angles; solid materials only.</summary>
    public Vector256<float> Reflectance => One(16);

    /// <summary>Share of all light that reaches the inside of a cavity; solid materials only.</summary>
    public Vector256<float> Inner => One(17);

    /// <summary>Adds a point.</summary>
    /// <param name="point">The point, but for its openness.</param>
    /// <param name="openness">Baked openness times that in screen space, 0–1.</param>
    /// <param name="sample">First of its pixel's four samples, or the pixel itself for <see cref="WholePixel"/>.</param>
    /// <param name="mask">Which of the pixel's samples show it, by bits: upper left, upper right, lower left, lower right; or <see cref="WholePixel"/>.</param>
    /// <param name="softness">See <see cref="Softness"/>.</param>
    /// <param name="reflectance">See <see cref="Reflectance"/>.</param>
    /// <param name="inner">See <see cref="Inner"/>.</param>
    public void Add(in SurfacePoint point, float openness, int sample, int mask, float softness, float reflectance, float inner)
    {
        int lane = Count++;
        _samples[lane] = sample;
        _masks[lane] = mask;
        ref float at = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_values), lane);
        Put(ref at, 0, point.Position);
        Put(ref at, 3, point.Normal);
        Put(ref at, 6, point.Slope);
        Put(ref at, 9, point.Albedo.AsVector3());
        Unsafe.Add(ref at, 12 * Lanes) = openness;
        Unsafe.Add(ref at, 13 * Lanes) = point.Material.Gloss;
        Unsafe.Add(ref at, 14 * Lanes) = point.Material.Specular;
        Unsafe.Add(ref at, 15 * Lanes) = softness;
        Unsafe.Add(ref at, 16 * Lanes) = reflectance;
        Unsafe.Add(ref at, 17 * Lanes) = inner;
    }

    /// <summary>Writes the points' light into their pixels or samples and empties the batch. Lanes beyond <see cref="Count"/> are left out.</summary>
    /// <param name="light">Light of all lanes.</param>
    /// <param name="pixels">The picture, for points that whole pixels show.</param>
    /// <param name="samples">Samples of the other pixels, four after another.</param>
    public void Deliver(in Vector3x8 light, Vector4[] pixels, Vector4[] samples)
    {
        for (int lane = 0; lane < Count; lane++)
        {
            Deliver(new Vector4(light.X.GetElement(lane), light.Y.GetElement(lane), light.Z.GetElement(lane), 1), _samples[lane], _masks[lane], pixels, samples);
        }

        Count = 0;
    }

    /// <summary>Writes the colour of a point.</summary>
    /// <param name="color">Its light.</param>
    /// <param name="sample">See <see cref="Add"/>.</param>
    /// <param name="mask">See <see cref="Add"/>.</param>
    /// <param name="pixels">The picture.</param>
    /// <param name="samples">Samples, four after another.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Deliver(Vector4 color, int sample, int mask, Vector4[] pixels, Vector4[] samples)
    {
        if (mask == WholePixel)
        {
            pixels[sample] = color;
            return;
        }

        for (int s = 0; s < 4; s++)
        {
            if ((mask & (1 << s)) != 0)
            {
                samples[sample + s] = color;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(ref float at, int component, Vector3 value)
    {
        Unsafe.Add(ref at, component * Lanes) = value.X;
        Unsafe.Add(ref at, (component + 1) * Lanes) = value.Y;
        Unsafe.Add(ref at, (component + 2) * Lanes) = value.Z;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<float> One(int component) => Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(_values), (nuint)(component * Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector3x8 Three(int component) => new(One(component), One(component + 1), One(component + 2));
}
