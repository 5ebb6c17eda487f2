using System.Numerics;

namespace AuStream.Synthesis.Samples;

/// <summary>
/// Finds the face in a finished picture as the product will and cuts the crop that networks see. It knows real faces only, so how
/// often it fails measures how real the pictures are. Need not be thread-safe: every worker gets its own.
/// </summary>
public interface ISampleCropper
{
    /// <summary>Side of the square crops in pixels.</summary>
    int CropSide { get; }

    /// <summary>Id of the landmark network that places the crops, as in models' manifests.</summary>
    string LandmarkNetwork { get; }

    /// <summary>Crops a face.</summary>
    /// <param name="rgb256">256 · 256 · 3 bytes, RGB, rows from the top.</param>
    /// <param name="points68">The 68 true points in pixels: where to look, and whether the right thing was found.</param>
    /// <param name="crop">Receives CropSide · CropSide · 3 bytes.</param>
    /// <param name="mesh">Receives 468 · 3 values: x, y in pixels of the crop, z on the same scale.</param>
    /// <param name="frameToCrop">Receives the map from pixels of the picture to pixels of the crop.</param>
    /// <returns>False when no face, or something else, was found; then the outputs are undefined.</returns>
    bool TryCrop(ReadOnlySpan<byte> rgb256, ReadOnlySpan<Vector2> points68, Span<byte> crop, Span<float> mesh, out Matrix3x2 frameToCrop);
}
