using System.Runtime.CompilerServices;

namespace AuStream.Stages.Detection;

/// <summary>
/// Six points as x0, y0, … x5, y5 in pixels of the frame: the eye on the image's left, the eye on its right, nose tip, mouth, and
/// the ear (or cheek) on the image's left and right.
/// </summary>
[InlineArray(2 * Count)]
public struct FaceKeypoints : IEquatable<FaceKeypoints>
{
    /// <summary>Number of points.</summary>
    public const int Count = 6;

    private float _first;

    /// <summary>Same points.</summary>
    public static bool operator ==(FaceKeypoints left, FaceKeypoints right) => left.Equals(right);

    /// <summary>Other points.</summary>
    public static bool operator !=(FaceKeypoints left, FaceKeypoints right) => !left.Equals(right);

    /// <inheritdoc/>
    public readonly bool Equals(FaceKeypoints other) => ((ReadOnlySpan<float>)this).SequenceEqual(other);

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is FaceKeypoints other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => HashCode.Combine(this[0], this[1], this[2], this[3], this[2 * Count - 1]);
}
