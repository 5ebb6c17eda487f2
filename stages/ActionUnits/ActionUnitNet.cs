using AuStream.Models.Manifests;
using AuStream.Models.Sessions;
using AuStream.Stages.Alignment;
using AuStream.Stages.Faces;
using AuStream.Stages.Frames;
using AuStream.Stages.Sampling;

namespace AuStream.Stages.ActionUnits;

/// <summary>
/// Measures action units: aligns every visible face of one or more frames, runs them through the network in batches, and fills in
/// <see cref="FaceObservation.Scores"/>, <see cref="FaceObservation.Intensities"/> and <see cref="FaceObservation.Presence"/>, and what later
/// stages work on: <see cref="FaceObservation.RawIntensities"/> and <see cref="FaceObservation.Features"/>.
/// </summary>
/// <remarks>
/// <para>Every visible face is measured, however small or turned: what such a measurement is worth is for the consumer to judge by
/// <see cref="FaceObservation.Confidence"/>, <see cref="FaceObservation.InterOcularDistance"/> and <see cref="FaceObservation.Pose"/>,
/// which travel with it. A face that cannot be measured (landmarks that determine no alignment, a network output that is not
/// finite) says so by <see cref="FaceObservation.HasActionUnits"/> and is counted in <see cref="UnmeasuredFaces"/>.</para>
/// <para>Not thread-safe: one object per thread; any number of them share one <see cref="OnnxSession"/>. Allocates nothing once
/// every batch size in use was seen. The result for a face does not depend on the faces it shares a batch with, beyond rounding.</para>
/// </remarks>
public sealed class ActionUnitNet : IDisposable
{
    private readonly FaceAligner _aligner;
    private readonly IntensityScale _scale;
    private readonly OnnxRunner _runner;
    private readonly FaceObservation[] _batch;
    private readonly int _imageInput;
    private readonly int _landmarkInput;
    private readonly int _intensityOutput;
    private readonly int _featureOutput;
    private int _count;
    private long _unmeasured;

    /// <summary>A stage on a loaded network.</summary>
    /// <param name="manifest">The model's manifest.</param>
    /// <param name="session">Its network; it must outlive this object.</param>
    /// <param name="options">How to batch; null for the defaults.</param>
    /// <exception cref="ModelLoadException">The network is not the one that the manifest describes.</exception>
    /// <exception cref="ArgumentException">The manifest contradicts itself or an option is out of range.</exception>
    public ActionUnitNet(ActionUnitModelManifest manifest, OnnxSession session, ActionUnitNetOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(session);
        options ??= new ActionUnitNetOptions();
        string[] faults = [.. ActionUnitModelManifestValidator.Validate(manifest), .. options.Faults()];
        if (faults.Length > 0)
        {
            throw new ArgumentException(string.Join("; ", faults), nameof(manifest));
        }

        ActionUnitNetworkContract.Check(manifest, session);
        ActionUnits = manifest.ActionUnits;
        _aligner = new FaceAligner(manifest.Crop, manifest.Landmarks);
        _scale = new IntensityScale(manifest);
        _batch = new FaceObservation[options.MaximumBatch];
        _imageInput = session.InputIndex(ActionUnitNetworkContract.Image);
        _landmarkInput = manifest.Landmarks.Count > 0 ? session.InputIndex(ActionUnitNetworkContract.Landmarks) : -1;
        _intensityOutput = session.OutputIndex(ActionUnitNetworkContract.Intensity);
        FeatureCount = ActionUnitNetworkContract.FeatureCountOf(session);
        _featureOutput = FeatureCount > 0 ? session.OutputIndex(ActionUnitNetworkContract.Features) : -1;
        _runner = new OnnxRunner(session, options.MaximumBatch);
    }

    /// <summary>FACS numbers, in the order of the results.</summary>
    public IReadOnlyList<int> ActionUnits { get; }

    /// <summary>Values of <see cref="FaceObservation.Features"/>; 0 when the network has no such output.</summary>
    public int FeatureCount { get; }

    /// <summary>Visible faces that could not be measured so far. May be read from any thread.</summary>
    public long UnmeasuredFaces => Interlocked.Read(ref _unmeasured);

    /// <summary>Measures the visible faces of a frame.</summary>
    /// <exception cref="InvalidOperationException">The frame's pixels were released.</exception>
    /// <exception cref="ModelLoadException">The network failed.</exception>
    public void Measure(FrameFaces faces)
    {
        ArgumentNullException.ThrowIfNull(faces);
        Measure(new ReadOnlySpan<FrameFaces>(in faces));
    }

    /// <summary>Measures the visible faces of several frames, of the same or of different streams, in as few calls as the largest batch allows.</summary>
    /// <inheritdoc cref="Measure(FrameFaces)"/>
    public void Measure(ReadOnlySpan<FrameFaces> frames)
    {
        _count = 0;
        _runner.Prepare(_batch.Length);
        foreach (FrameFaces frame in frames)
        {
            for (int i = 0; i < frame.Faces.Count; i++)
            {
                FaceObservation face = frame.Faces[i];
                face.HasActionUnits = false;
                if (!face.IsVisible)
                {
                    continue;
                }

                if (!TryEnqueue(frame.Frame, face))
                {
                    Interlocked.Increment(ref _unmeasured);
                }
                else if (_count == _batch.Length)
                {
                    Flush();
                }
            }
        }

        Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => _runner.Dispose();

    private bool TryEnqueue(VideoFrame frame, FaceObservation face)
    {
        if (!_aligner.TryFit(face, out AffineMap frameToCrop))
        {
            return false;
        }

        if (_landmarkInput >= 0 && !_aligner.TryWriteFeatures(face, frameToCrop, _runner.Input(_landmarkInput, _count)))
        {
            return false;
        }

        _aligner.SampleImage(frame, frameToCrop, _runner.Input(_imageInput, _count));
        _batch[_count++] = face;
        return true;
    }

    private void Flush()
    {
        if (_count == 0)
        {
            return;
        }

        _runner.Prepare(_count);
        _runner.Run();
        for (int i = 0; i < _count; i++)
        {
            FaceObservation face = _batch[i];
            face.EnsureActionUnits(_scale.Count);
            _runner.Output(_intensityOutput, i).CopyTo(face.RawIntensities);
            face.HasActionUnits = _scale.TryApply(face.RawIntensities, face.Intensities, face.Scores, face.Presence);
            face.EnsureFeatures(FeatureCount);
            if (_featureOutput >= 0)
            {
                _runner.Output(_featureOutput, i).CopyTo(face.Features);
            }

            if (!face.HasActionUnits)
            {
                Interlocked.Increment(ref _unmeasured);
            }
        }

        Array.Clear(_batch, 0, _count);
        _count = 0;
        _runner.Prepare(_batch.Length);
    }
}
