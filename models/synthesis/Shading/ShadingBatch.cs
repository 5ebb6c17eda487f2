using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AuStream.Synthesis.Shading;

/// <summary>Points of one kind of material that wait until there are eight of them, component by component. Not thread-safe.</summary>
internal sealed class ShadingBatch
{
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

    public Vector3x8 Normal => Three(3);

    public Vector3x8 ReliefNormal => Three(6);

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
    /// <param name="point">The point.</param>
    /// <param name="sample">Upper left sample of its pixel.</param>
    /// <param name="mask">Which of the pixel's samples show it, by bits: upper left, upper right, lower left, lower right.</param>
    /// <param name="softness">See <see cref="Softness"/>.</param>
    /// <param name="reflectance">See <see cref="Reflectance"/>.</param>
    /// <param name="inner">See <see cref="Inner"/>.</param>
    public void Add(in SurfacePoint point, int sample, int mask, float softness, float reflectance, float inner)
    {
        int lane = Count++;
        _samples[lane] = sample;
        _masks[lane] = mask;
        ref float at = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_values), lane);
        Put(ref at, 0, point.Position);
        Put(ref at, 3, point.Normal);
        Put(ref at, 6, point.ReliefNormal);
        Put(ref at, 9, point.Albedo.AsVector3());
        Unsafe.Add(ref at, 12 * Lanes) = point.Openness;
        Unsafe.Add(ref at, 13 * Lanes) = point.Material.Gloss;
        Unsafe.Add(ref at, 14 * Lanes) = point.Material.Specular;
        Unsafe.Add(ref at, 15 * Lanes) = softness;
        Unsafe.Add(ref at, 16 * Lanes) = reflectance;
        Unsafe.Add(ref at, 17 * Lanes) = inner;
    }

    /// <summary>Writes the points' light into their samples and empties the batch. Lanes beyond <see cref="Count"/> are left out.</summary>
    /// <param name="light">Light of all lanes.</param>
    /// <param name="samples">The picture.</param>
    /// <param name="stride">Samples per row.</param>
    public void Deliver(in Vector3x8 light, Vector4[] samples, int stride)
    {
        for (int lane = 0; lane < Count; lane++)
        {
            var color = new Vector4(light.X.GetElement(lane), light.Y.GetElement(lane), light.Z.GetElement(lane), 1);
            for (int s = 0; s < 4; s++)
            {
                if ((_masks[lane] & (1 << s)) != 0)
                {
                    samples[_samples[lane] + (s & 1) + ((s >> 1) * stride)] = color;
                }
            }
        }

        Count = 0;
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
