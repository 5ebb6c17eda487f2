using AuStream.Models.Manifests;
using AuStream.Models.Sessions;
using AuStream.Stages.ActionUnits;
using AuStream.Stages.Faces;

namespace AuStream.Stages.Calibrating;

/// <summary>
/// Makes the action units of every face that has a neutral reference relative to it: by the model's own relative network where it has
/// one, else by subtraction. Used where no temporal head does it.
/// </summary>
/// <remarks>
/// <para>Subtraction: intensity = clip(I(raw) − I(raw of the neutral face), 0, 5), I being the model's scale of intensity; thresholds
/// stay as they are. So a face whose rest looks like a slight AU shows it only when it does more.</para>
/// <para>Relative network: its intensities are brought onto the frame network's thresholds, linearly below and above
/// (<see cref="ThresholdBridge"/>), so that one threshold per action unit holds in a session, with and without a reference.</para>
/// <para>One object per stream; not thread-safe. Allocates nothing once every batch size in use was seen. A result that is not finite leaves
/// the face without action units.</para>
/// </remarks>
public sealed class NeutralComparison : IDisposable
{
    private const int MaximumBatch = 32;

    private readonly NeutralReferences _references;
    private readonly IntensityScale _scale;
    private readonly IntensityScale? _relativeScale;
    private readonly ThresholdBridge? _bridge;
    private readonly OnnxRunner? _runner;
    private readonly int _features;
    private readonly int _neutral;
    private readonly FaceObservation[] _batch = new FaceObservation[MaximumBatch];
    private int _count;
    private long _faults;

    /// <summary>A comparison for one stream.</summary>
    /// <param name="manifest">The model's manifest.</param>
    /// <param name="references">The stream's neutral faces, observed before this stage.</param>
    /// <param name="relative">The model's relative network, which must outlive this object; null to subtract.</param>
    /// <param name="featureCount">Length of the frame network's feature vector.</param>
    /// <param name="ownThresholds">The model's own thresholds, where the manifest has been given a stream's: those change what is present, never an
    /// intensity. Null where they are the manifest's.</param>
    /// <exception cref="ModelLoadException">The network is not the one that the manifest describes.</exception>
    public NeutralComparison(ActionUnitModelManifest manifest, NeutralReferences references, OnnxSession? relative, int featureCount, IReadOnlyList<float>? ownThresholds = null)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(references);
        _references = references;
        _scale = new IntensityScale(manifest);
        if (relative is not null)
        {
            RelativeManifest description = manifest.Relative ?? throw new ArgumentException("The manifest has no relative network.", nameof(manifest));
            CompanionNetworkContract.CheckRelative(manifest, relative, featureCount);
            _relativeScale = new IntensityScale(description.Thresholds, description.Calibration);
            _bridge = new ThresholdBridge(description.Thresholds, ownThresholds ?? manifest.Thresholds);
            _features = relative.InputIndex(CompanionNetworkContract.Features);
            _neutral = relative.InputIndex(CompanionNetworkContract.NeutralFeatures);
            _runner = new OnnxRunner(relative);
        }
    }

    /// <summary>Results that were not finite so far. May be read from any thread.</summary>
    public long Faults => Interlocked.Read(ref _faults);

    /// <summary>Takes a frame that the frame network has measured and the references have observed.</summary>
    /// <exception cref="ModelLoadException">The network failed.</exception>
    public void Process(FrameFaces frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        _runner?.Prepare(MaximumBatch);
        for (int i = 0; i < frame.Faces.Count; i++)
        {
            FaceObservation face = frame.Faces[i];
            if (face is not { IsVisible: true, HasActionUnits: true }
                || !_references.TryGet(face.FaceId, out ReadOnlySpan<float> features, out ReadOnlySpan<float> rawIntensities))
            {
                continue;
            }

            if (_runner is null)
            {
                Subtract(face, rawIntensities);
                continue;
            }

            face.Features.CopyTo(_runner.Input(_features, _count));
            features.CopyTo(_runner.Input(_neutral, _count));
            _batch[_count++] = face;
            if (_count == MaximumBatch)
            {
                Flush(_runner);
            }
        }

        if (_runner is not null && _count > 0)
        {
            Flush(_runner);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _runner?.Dispose();

    private void Subtract(FaceObservation face, ReadOnlySpan<float> neutral)
    {
        for (int i = 0; i < neutral.Length; i++)
        {
            // Both lie between 0 and 5, so only below can the difference leave the scale.
            float intensity = Math.Max(0, _scale.IntensityOf(i, face.RawIntensities[i]) - _scale.IntensityOf(i, neutral[i]));
            face.Intensities[i] = intensity;
            face.Scores[i] = intensity / ActionUnitModelManifestValidator.MaximumIntensity;
            face.Presence[i] = intensity >= _scale.ThresholdOf(i);
        }
    }

    private void Flush(OnnxRunner runner)
    {
        runner.Prepare(_count);
        runner.Run();
        for (int i = 0; i < _count; i++)
        {
            FaceObservation face = _batch[i];
            face.HasActionUnits = _relativeScale!.TryApply(runner.Output(0, i), face.Intensities, face.Scores, face.Presence);
            if (face.HasActionUnits)
            {
                _bridge!.Apply(face.Intensities, face.Scores);
                for (int k = 0; k < face.Presence.Length; k++)
                {
                    face.Presence[k] = face.Intensities[k] >= _scale.ThresholdOf(k);
                }
            }
            else
            {
                Interlocked.Increment(ref _faults);
            }
        }

        Array.Clear(_batch, 0, _count);
        _count = 0;
        runner.Prepare(MaximumBatch);
    }
}
