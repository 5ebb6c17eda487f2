using System.Runtime.CompilerServices;

namespace AuStream.Stages.Detection;

/// <summary>
/// Six points as x0, y0, … x5, y5 in pixels of the frame: the eye on the image's left, the eye on its right, nose tip, mouth, and
/// the ear (or cheek) on the image's left and right.
/// </summary>
[InlineArray(2 * Count)]
public struct FaceKeypoints
{
    /// <summary>Number of points.</summary>
    public const int Count = 6;

    private float _first;
}
