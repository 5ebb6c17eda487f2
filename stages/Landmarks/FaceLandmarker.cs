using System.Globalization;
using AuStream.Models.Sessions;
using AuStream.Stages.Faces;
using AuStream.Stages.Frames;
using AuStream.Stages.Sampling;

namespace AuStream.Stages.Landmarks;

/// <summary>
/// A landmark network on a batch of regions: crop, 468 landmarks in pixels of the frame, confidence. It is the face mesh (Kartynnik et al.
/// 2019), the face mesh with attention (Grishchenko et al. 2020), or the landmark CNN of paper 1, whose graph completes its 66 points
/// to the mesh.
/// </summary>
/// <remarks>Not thread-safe; several landmarkers share one session. Allocates nothing in steady state.</remarks>
public sealed class FaceLandmarker : IFaceLandmarker, IDisposable
{
    /// <summary>Id of the plain network in the model store; <see cref="LandmarkNetworks.ModelId"/> knows all.</summary>
    public const string ModelId = "face_landmark";

    private const string SchemePointsOutput = "points";

    private static readonly Normalization Pixels = Normalization.ToRange(0, 1);

    private readonly OnnxRunner _runner;
    private readonly RefinedPoints[] _refinements;
    private readonly float[] _refined = new float[3 * FaceObservation.LandmarkCount];
    private readonly int _batch;
    private readonly int _landmarks;
    private readonly int _faceFlag;
    private readonly int _leftIris = -1;
    private readonly int _rightIris = -1;
    private readonly int _schemePoints = -1;
    private readonly int _inputSize;
    private readonly float _zoom = 1;

    /// <param name="session">A network of <see cref="LandmarkNetwork"/>; it must outlive the landmarker.</param>
    /// <exception cref="ModelLoadException">The network is another one.</exception>
    public FaceLandmarker(OnnxSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        _landmarks = session.OutputIndex("landmarks");
        _faceFlag = session.OutputIndex("face_flag");
        if (session.Inputs.Count != 1
            || session.Inputs[0].ItemShape is not [3, int height, int width] || height != width
            || session.Outputs[_landmarks].ItemLength != 3 * FaceObservation.LandmarkCount)
        {
            throw new ModelLoadException($"{session.Path} is no landmark network: its shapes differ. Run 'austream models import', or restore models/zoo.");
        }

        _inputSize = width;
        _refinements = RefinedPoints.Of(session);
        Network = NetworkOf(session, _refinements);
        if (Network == LandmarkNetwork.AttentionMesh)
        {
            _leftIris = session.OutputIndex("left_iris");
            _rightIris = session.OutputIndex("right_iris");
        }
        else if (Network == LandmarkNetwork.LandmarkCnn)
        {
            _schemePoints = session.OutputIndex(SchemePointsOutput);
            _zoom = ReadMargin(session) / FaceRegion.Margin;
        }

        // On a processor a batch only falls out of the cache: 32 faces at once take 1.5 times as long as one by one.
        _batch = session.ProviderInUse == ExecutionProvider.Cpu ? 1 : 32;
        _runner = new OnnxRunner(session, _batch);
    }

    /// <summary>Which network this is.</summary>
    public LandmarkNetwork Network { get; }

    /// <inheritdoc/>
    public void Locate(VideoFrame frame, ReadOnlySpan<FaceRegion> regions, ReadOnlySpan<FaceMesh> meshes)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (meshes.Length < regions.Length)
        {
            throw new ArgumentException($"{regions.Length} regions need as many meshes, there are {meshes.Length}.", nameof(meshes));
        }

        for (int first = 0; first < regions.Length; first += _batch)
        {
            int count = Math.Min(_batch, regions.Length - first);
            LocateBatch(frame, regions.Slice(first, count), meshes.Slice(first, count));
        }
    }

    /// <summary>
    /// Finds the landmarks of one face of known place, e.g. of a rendered picture: a first look at the box, then
    /// <paramref name="refinements"/> looks at the region that the landmarks themselves give, as in a video.
    /// </summary>
    /// <param name="frame">The picture; see <see cref="RgbPicture.ToFrame"/> for RGB bytes.</param>
    /// <param name="box">Around the face, brows to chin; a sixth of its size off is close enough.</param>
    /// <param name="mesh">Receives the landmarks.</param>
    /// <param name="refinements">Further looks, 0 or more.</param>
    /// <returns>False when the network sees no face there (confidence below 0.5).</returns>
    public bool Locate(VideoFrame frame, in PixelBox box, FaceMesh mesh, int refinements = 2) =>
        Locate(frame, FaceRegion.FromBox(box), mesh, refinements);

    /// <summary>As the overload that takes a box, with a first look at a region: one look less finds as much where the region is already good.</summary>
    public bool Locate(VideoFrame frame, FaceRegion region, FaceMesh mesh, int refinements)
    {
        ArgumentNullException.ThrowIfNull(mesh);
        ArgumentOutOfRangeException.ThrowIfNegative(refinements);
        for (int look = 0; look <= refinements; look++)
        {
            Locate(frame, new ReadOnlySpan<FaceRegion>(in region), new ReadOnlySpan<FaceMesh>(in mesh));
            if (mesh.Confidence < 0.5f)
            {
                return false;
            }

            region = FaceRegion.FromLandmarks(mesh.Points);
        }

        return true;
    }

    /// <summary>As the other overload, on interleaved RGB bytes [height, width, 3].</summary>
    public bool Locate(FramePool pool, ReadOnlySpan<byte> rgb, int width, int height, in PixelBox box, FaceMesh mesh, int refinements = 2)
    {
        using VideoFrame frame = RgbPicture.ToFrame(pool, rgb, width, height);
        return Locate(frame, box, mesh, refinements);
    }

    /// <inheritdoc/>
    public void Dispose() => _runner.Dispose();

    private static LandmarkNetwork NetworkOf(OnnxSession session, RefinedPoints[] refinements) =>
        session.Outputs.Any(output => output.Name == SchemePointsOutput) ? LandmarkNetwork.LandmarkCnn
        : refinements.Length > 0 ? LandmarkNetwork.AttentionMesh
        : LandmarkNetwork.Mesh;

    private static float ReadMargin(OnnxSession session)
    {
        if (session.Metadata.TryGetValue("region_margin", out string? text)
            && float.TryParse(text, CultureInfo.InvariantCulture, out float margin)
            && margin is >= 1 and <= 4)
        {
            return margin;
        }

        throw new ModelLoadException($"{session.Path} does not say how far around a face it looks ('region_margin', 1 to 4): restore models/zoo, or export it again.");
    }

    private AffineMap CropToFrame(in FaceRegion region) => region.Scale(_zoom).CropToFrame(_inputSize);

    private void LocateBatch(VideoFrame frame, ReadOnlySpan<FaceRegion> regions, ReadOnlySpan<FaceMesh> meshes)
    {
        _runner.Prepare(regions.Length);
        for (int i = 0; i < regions.Length; i++)
        {
            YuvAffineSampler.Sample(frame, CropToFrame(regions[i]), _inputSize, _inputSize, Pixels, _runner.Input(0, i), SamplingBorder.Clamp);
        }

        _runner.Run();
        for (int i = 0; i < regions.Length; i++)
        {
            AffineMap map = CropToFrame(regions[i]);
            _runner.Output(_landmarks, i).CopyTo(_refined);
            foreach (RefinedPoints refinement in _refinements)
            {
                refinement.Apply(_runner.Output(refinement.Output, i), _refined);
            }

            ToFrame(map, _refined, meshes[i].Points);
            meshes[i].Confidence = 1 / (1 + MathF.Exp(-Math.Clamp(_runner.Output(_faceFlag, i)[0], -80, 80)));
            meshes[i].HasIrises = Network == LandmarkNetwork.AttentionMesh;
            if (meshes[i].HasIrises)
            {
                PlanarToFrame(map, _runner.Output(_leftIris, i), meshes[i].Irises.AsSpan(0, FaceMesh.IrisLength));
                PlanarToFrame(map, _runner.Output(_rightIris, i), meshes[i].Irises.AsSpan(FaceMesh.IrisLength));
            }

            meshes[i].HasSchemePoints = Network == LandmarkNetwork.LandmarkCnn;
            if (meshes[i].HasSchemePoints)
            {
                PlanarToFrame(map, _runner.Output(_schemePoints, i), meshes[i].SchemePoints);
            }
        }
    }

    private static void PlanarToFrame(in AffineMap map, ReadOnlySpan<float> crop, Span<float> points)
    {
        for (int i = 0; i < points.Length; i += 2)
        {
            (double x, double y) = map.Apply(crop[i], crop[i + 1]);
            points[i] = (float)x;
            points[i + 1] = (float)y;
        }
    }

    private static void ToFrame(in AffineMap map, ReadOnlySpan<float> crop, Span<float> points)
    {
        float depthScale = (float)map.Scale;
        (float xx, float xy, float x0) = ((float)map.XX, (float)map.XY, (float)map.X0);
        (float yx, float yy, float y0) = ((float)map.YX, (float)map.YY, (float)map.Y0);
        for (int i = 0; i < points.Length; i += 3)
        {
            points[i] = (xx * crop[i]) + (xy * crop[i + 1]) + x0;
            points[i + 1] = (yx * crop[i]) + (yy * crop[i + 1]) + y0;
            points[i + 2] = depthScale * crop[i + 2];
        }
    }
}
