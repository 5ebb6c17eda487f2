namespace AuStream.Models.Manifests;

/// <summary>Checks a <see cref="CropManifest"/>.</summary>
public static class CropManifestValidator
{
    /// <summary>Smallest side of a crop in pixels.</summary>
    public const int MinimumSize = 16;

    /// <summary>Largest side of a crop in pixels.</summary>
    public const int MaximumSize = 1024;

    /// <summary>What is wrong, one sentence per fault, naming the field; empty when the crop is right.</summary>
    public static IEnumerable<string> Validate(CropManifest crop)
    {
        ArgumentNullException.ThrowIfNull(crop);
        if (crop.Size is < MinimumSize or > MaximumSize)
        {
            yield return $"crop.size is {crop.Size}; it must lie between {MinimumSize} and {MaximumSize}";
        }

        if (crop.AnchorLandmarks.Count < 2)
        {
            yield return $"crop.anchor_landmarks has {crop.AnchorLandmarks.Count} entries; a similarity needs at least 2";
        }

        foreach (string fault in MeshIndices.Validate("crop.anchor_landmarks", crop.AnchorLandmarks))
        {
            yield return fault;
        }

        if (crop.AnchorPoints.Count != 2 * crop.AnchorLandmarks.Count)
        {
            yield return $"crop.anchor_points has {crop.AnchorPoints.Count} values; {crop.AnchorLandmarks.Count} anchor landmarks need {2 * crop.AnchorLandmarks.Count} (x0, y0, x1, y1, …)";
        }
        else if (!crop.AnchorPoints.All(float.IsFinite))
        {
            yield return "crop.anchor_points has a value that is not finite";
        }
        else if (crop.AnchorPoints.Chunk(2).Select(point => (point[0], point[1])).Distinct().Count() < 2 && crop.AnchorPoints.Count > 0)
        {
            yield return "crop.anchor_points all lie in one place";
        }

        if (crop.Mean.Count != 3 || !crop.Mean.All(float.IsFinite))
        {
            yield return "crop.mean must be three finite values (R, G, B)";
        }

        if (crop.Deviation.Count != 3 || !crop.Deviation.All(value => float.IsFinite(value) && value > 0))
        {
            yield return "crop.deviation must be three values above 0 (R, G, B)";
        }
    }
}
