using System.Globalization;

namespace AuStream.Stages.Recording;

/// <summary>One annotation on the timeline of a face. Times are PTS in µs.</summary>
/// <param name="FaceId">The face.</param>
/// <param name="ActionUnit">FACS number, or 0 for the face's stay.</param>
/// <param name="BeginMicroseconds">Onset.</param>
/// <param name="EndMicroseconds">Offset.</param>
/// <param name="PeakIntensity">Highest intensity, 0–5; unused for a face's stay.</param>
internal readonly record struct ElanAnnotation(
    long FaceId, int ActionUnit, long BeginMicroseconds, long EndMicroseconds, float PeakIntensity)
{
    /// <summary>What ELAN shows on the bar.</summary>
    public string Value => ActionUnit == 0
        ? string.Create(CultureInfo.InvariantCulture, $"face {FaceId}")
        : PeakIntensity.ToString("0.0", CultureInfo.InvariantCulture);
}
