using AuStream.Models.Sessions;
using AuStream.Stages.Frames;
using AuStream.Stages.Sampling;

namespace AuStream.Stages.Detection;

/// <summary>
/// BlazeFace (Bazarevsky et al. 2019) on a letterboxed frame, and on overlapping tiles of big frames, or where nothing is found in the middle of a larger black square: anchors, decoding and
/// weighted non-maximum suppression around a network of <see cref="Models.Importing.MediaPipeImporter"/>.
/// </summary>
/// <remarks>Not thread-safe; several detectors share one session. Allocates nothing in steady state.</remarks>
public sealed class FaceDetector : IFaceDetector, IDisposable
{
    /// <summary>Shortest longer side of a face that only the look from farther away finds, in shorter sides of the picture.</summary>
    private const float LeastOfWideLook = 0.5f;

    private static readonly Normalization Pixels = Normalization.ToRange(-1, 1);

    private readonly FaceDetectorOptions _options;
    private readonly OnnxRunner _runner;
    private readonly DetectionDecoder _decoder;
    private readonly WeightedSuppression _suppression = new();
    private readonly List<DetectionTile> _tiles = [];
    private readonly List<FaceDetection> _candidates = [];
    private readonly int _regressors;
    private readonly int _logits;
    private readonly int _inputSize;
    private readonly int _batch;

    /// <param name="session">The network that <see cref="FaceDetectorOptions.Range"/> names; it must outlive the detector.</param>
    /// <param name="options">Thresholds and tiling.</param>
    /// <exception cref="ModelLoadException">The network is another one.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public FaceDetector(OnnxSession session, FaceDetectorOptions options)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _decoder = new DetectionDecoder(options.Range);
        _inputSize = AnchorGrid.InputSize(options.Range);
        _regressors = session.OutputIndex("regressors");
        _logits = session.OutputIndex("scores");
        if (session.Inputs.Count != 1
            || session.Inputs[0].ItemLength != 3 * _inputSize * _inputSize
            || session.Outputs[_regressors].ItemLength != _decoder.AnchorCount * DetectionDecoder.ValuesPerAnchor)
        {
            throw new ModelLoadException($"{session.Path} is not the {options.Range}-range face detector: its shapes differ. Run 'austream models import'.");
        }

        // On a processor bigger batches fall out of the cache and take longer per tile.
        _batch = session.ProviderInUse == ExecutionProvider.Cpu ? 2 : 16;
        _runner = new OnnxRunner(session, _batch);
    }

    /// <summary>Id of the network in the model store.</summary>
    public static string ModelId(DetectorRange range) =>
        range == DetectorRange.Short ? "face_detection_short_range" : "face_detection_full_range";

    /// <inheritdoc/>
    public void Detect(VideoFrame frame, bool isThorough, List<FaceDetection> faces)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(faces);
        _candidates.Clear();
        DetectionTile.Plan(frame.Width, frame.Height, isThorough ? _options.Tiling : TilingMode.Off, _options.SmallestTile, _tiles);
        Look(frame);
        if (isThorough && _candidates.Count == 0)
        {
            _tiles.Clear();
            _tiles.Add(DetectionTile.Around(frame.Width, frame.Height));
            Look(frame);
            // Smaller ones would have been found by the usual look: what is small here is none.
            float least = LeastOfWideLook * Math.Min(frame.Width, frame.Height);
            for (int i = _candidates.Count - 1; i >= 0; i--)
            {
                if (Math.Max(_candidates[i].Box.Width, _candidates[i].Box.Height) < least)
                {
                    _candidates.RemoveAt(i);
                }
            }
        }

        _suppression.Merge(_candidates, _options.OverlapThreshold, faces);
    }

    /// <inheritdoc/>
    public void Dispose() => _runner.Dispose();

    private void Look(VideoFrame frame)
    {
        for (int first = 0; first < _tiles.Count; first += _batch)
        {
            DetectBatch(frame, first, Math.Min(_batch, _tiles.Count - first));
        }
    }

    private void DetectBatch(VideoFrame frame, int first, int count)
    {
        _runner.Prepare(count);
        for (int i = 0; i < count; i++)
        {
            YuvAffineSampler.Sample(frame, InputToFrame(_tiles[first + i]), _inputSize, _inputSize, Pixels, _runner.Input(0, i), SamplingBorder.Black);
        }

        _runner.Run();
        for (int i = 0; i < count; i++)
        {
            DetectionTile tile = _tiles[first + i];
            int before = _candidates.Count;
            _decoder.Decode(
                _runner.Output(_regressors, i), _runner.Output(_logits, i), _options.EffectiveScoreThreshold, InputToFrame(tile), _candidates);
            for (int k = _candidates.Count - 1; k >= before; k--)
            {
                if (tile.Cuts(_candidates[k].Box, frame.Width, frame.Height))
                {
                    _candidates.RemoveAt(k);
                }
            }
        }
    }

    private AffineMap InputToFrame(in DetectionTile tile) =>
        AffineMap.FromRotatedSquare(tile.X + (tile.Side / 2), tile.Y + (tile.Side / 2), tile.Side, 0, _inputSize);
}
