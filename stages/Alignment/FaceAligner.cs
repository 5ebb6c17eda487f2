using AuStream.Models.Manifests;
using AuStream.Stages.Faces;
using AuStream.Stages.Frames;
using AuStream.Stages.Sampling;

namespace AuStream.Stages.Alignment;

/// <summary>
/// Brings a face into a network's canonical crop: fits the similarity to the stable landmarks, samples the crop into the input
/// tensor and maps the landmarks along. The rules are those of docs/models.md, "Network contract".
/// </summary>
/// <remarks>
/// Thread-safe; allocates nothing. Where a crop pixel covers 1.5 frame pixels or more, the frame is averaged over blocks first
/// (<see cref="YuvAffineSampler"/>); a face smaller than the crop is enlarged bilinearly; outside the frame the edge pixel counts.
/// </remarks>
public sealed class FaceAligner
{
    private readonly int[] _anchors;
    private readonly double[] _anchorPoints;
    private readonly int[] _landmarks;
    private readonly Normalization _normalization;

    /// <summary>An aligner for one network.</summary>
    /// <param name="crop">The canonical crop, validated by <see cref="CropManifestValidator"/>.</param>
    /// <param name="landmarks">Mesh indices of the landmark features; may be empty.</param>
    /// <exception cref="ArgumentException">The crop or an index is invalid.</exception>
    public FaceAligner(CropManifest crop, IReadOnlyList<int> landmarks)
    {
        ArgumentNullException.ThrowIfNull(crop);
        ArgumentNullException.ThrowIfNull(landmarks);
        string? fault = CropManifestValidator.Validate(crop).FirstOrDefault()
            ?? MeshIndices.Validate("landmarks", landmarks).FirstOrDefault();
        if (fault is not null)
        {
            throw new ArgumentException(fault, nameof(crop));
        }

        Size = crop.Size;
        _anchors = [.. crop.AnchorLandmarks];
        _anchorPoints = [.. crop.AnchorPoints.Select(value => (double)value)];
        _landmarks = [.. landmarks];
        _normalization = Normalization.FromMeanAndDeviation(crop.Mean, crop.Deviation);
    }

    /// <summary>Side of the crop in pixels.</summary>
    public int Size { get; }

    /// <summary>Floats of one crop: 3 · size · size.</summary>
    public int ImageLength => 3 * Size * Size;

    /// <summary>Floats of one landmark feature vector: 2 per landmark.</summary>
    public int FeatureLength => 2 * _landmarks.Length;

    /// <summary>The similarity from the frame's pixels to the crop's pixels.</summary>
    /// <returns>False when the anchor landmarks do not determine one (they coincide or are not finite).</returns>
    public bool TryFit(FaceObservation face, out AffineMap frameToCrop)
    {
        ArgumentNullException.ThrowIfNull(face);
        Span<double> points = stackalloc double[_anchorPoints.Length];
        for (int i = 0; i < _anchors.Length; i++)
        {
            points[2 * i] = face.Landmarks[3 * _anchors[i]];
            points[(2 * i) + 1] = face.Landmarks[(3 * _anchors[i]) + 1];
        }

        return SimilarityEstimator.TryEstimate(points, _anchorPoints, out frameToCrop);
    }

    /// <summary>Samples the crop: planes R, G, B, [3, size, size], normalised.</summary>
    /// <param name="frame">The frame the face was seen in.</param>
    /// <param name="frameToCrop">What <see cref="TryFit"/> gave.</param>
    /// <param name="image">At least <see cref="ImageLength"/> floats.</param>
    public void SampleImage(VideoFrame frame, in AffineMap frameToCrop, Span<float> image) =>
        YuvAffineSampler.Sample(frame, frameToCrop.Inverse(), Size, Size, _normalization, image);

    /// <summary>Writes the landmark features: per landmark (x − size/2) / size and (y − size/2) / size, x and y in crop pixels.</summary>
    /// <param name="face">The face.</param>
    /// <param name="frameToCrop">What <see cref="TryFit"/> gave.</param>
    /// <param name="features">At least <see cref="FeatureLength"/> floats.</param>
    /// <returns>False when a landmark is not finite; the features are then of no use.</returns>
    public bool TryWriteFeatures(FaceObservation face, in AffineMap frameToCrop, Span<float> features)
    {
        ArgumentNullException.ThrowIfNull(face);
        double half = Size / 2.0;
        double finite = 0;
        for (int i = 0; i < _landmarks.Length; i++)
        {
            int landmark = 3 * _landmarks[i];
            (double x, double y) = frameToCrop.Apply(face.Landmarks[landmark], face.Landmarks[landmark + 1]);
            features[2 * i] = (float)((x - half) / Size);
            features[(2 * i) + 1] = (float)((y - half) / Size);

            // x · 0 is 0 for every finite x, and NaN otherwise: one test at the end will do.
            finite += (x * 0) + (y * 0);
        }

        return finite == 0;
    }
}
