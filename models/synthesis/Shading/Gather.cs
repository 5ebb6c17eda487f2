using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AuStream.Synthesis.Shading;

/// <summary>Reads eight values from anywhere in an array; indices are not checked.</summary>
internal static class Gather
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Vector256<float> From(float[] values, Vector256<int> indices)
    {
        if (Avx2.IsSupported)
        {
            fixed (float* first = values)
            {
                return Avx2.GatherVector256(first, indices, sizeof(float));
            }
        }

        ref float start = ref MemoryMarshal.GetArrayDataReference(values);
        Vector256<float> gathered = Vector256<float>.Zero;
        for (int lane = 0; lane < Vector256<float>.Count; lane++)
        {
            gathered = gathered.WithElement(lane, Unsafe.Add(ref start, indices.GetElement(lane)));
        }

        return gathered;
    }
}
