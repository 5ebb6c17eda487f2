using System.Numerics;
using AuStream.Synthesis.ActionUnits;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.Samples;

/// <summary>Something that comes before a face, stays, and goes.</summary>
/// <param name="Parts">What it is, in head space.</param>
/// <param name="Start">When it begins to come, seconds.</param>
/// <param name="End">When it is gone.</param>
/// <param name="From">Where it comes from and goes to, relative to its place, in centimetres.</param>
internal sealed record OccluderStay(IReadOnlyList<ScenePart> Parts, double Start, double End, Vector3 From)
{
    private const double ComingSeconds = 0.3;

    /// <summary>Where it is at a time, relative to its place, or null when it is away.</summary>
    public Vector3? At(double time)
    {
        double within = Math.Min(time - Start, End - time);
        return within <= 0 ? null : From * (1 - ActionUnitInterval.SmoothStep(within / ComingSeconds));
    }
}
