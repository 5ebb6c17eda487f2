using AuStream.Models.Manifests;
using AuStream.Models.Sessions;
using AuStream.Stages.ActionUnits;
using AuStream.Stages.Calibrating;
using AuStream.Stages.Faces;

namespace AuStream.Stages.Temporal;

/// <summary>
/// Runs the recurrent network with late fusion over the frame network's results: one step per frame, batched over the faces of the frame,
/// with a state per track. Replaces intensities, scores and presence by the fused ones.
/// </summary>
/// <remarks>
/// <para>A track's state begins at zeros, and begins anew when the face was lost, was not measured for longer than the manifest's
/// <c>gap_seconds</c>, or when time ran backwards. A face that the frame network could not measure takes no step. A result that is not
/// finite never passes: the face is reported without action units, its state begins anew, and it is counted in <see cref="Faults"/>.</para>
/// <para>One object per stream, any number share one session; not thread-safe. Allocates only when a track comes that no lost one made
/// room for. Deterministic: the same frames give the same bits. Pictures have no course of time and are left as they are.</para>
/// </remarks>
public sealed class TemporalHead : IDisposable
{
    /// <summary>Faces in one call of the network; more are split.</summary>
    public const int MaximumBatch = 32;

    private readonly IntensityScale _scale;
    private readonly OnnxRunner _runner;
    private readonly NeutralReferences? _references;
    private readonly long _gap;
    private readonly int _stateLength;
    private readonly int _featureCount;
    private readonly Ports _ports;
    private readonly Dictionary<long, TemporalTrack> _byFace = [];
    private readonly List<TemporalTrack> _tracks = [];
    private readonly Stack<TemporalTrack> _spare = new();
    private readonly FaceObservation[] _batch = new FaceObservation[MaximumBatch];
    private readonly TemporalTrack[] _batchTracks = new TemporalTrack[MaximumBatch];
    private int _count;
    private long _faults;

    /// <summary>A head for one stream.</summary>
    /// <param name="manifest">The model's manifest, with a temporal head.</param>
    /// <param name="session">The head's network; it must outlive this object.</param>
    /// <param name="references">The stream's neutral faces, observed before this stage; null where there are none.</param>
    /// <exception cref="ModelLoadException">The network is not the one that the manifest describes.</exception>
    /// <exception cref="ArgumentException">The manifest has no temporal head.</exception>
    public TemporalHead(ActionUnitModelManifest manifest, OnnxSession session, NeutralReferences? references = null)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(session);
        CompanionNetworkContract.CheckTemporal(manifest, session);
        TemporalManifest temporal = manifest.Temporal!;
        _scale = new IntensityScale(temporal.Thresholds, temporal.Calibration);
        _references = temporal.UsesReference ? references : null;
        _gap = (long)(temporal.GapSeconds * 1_000_000);
        _stateLength = temporal.StateLength;
        _featureCount = temporal.Features;
        _ports = new Ports(session);
        _runner = new OnnxRunner(session);
    }

    /// <summary>Tracks that have a state.</summary>
    public int TrackCount => _tracks.Count;

    /// <summary>Results that were not finite so far. May be read from any thread.</summary>
    public long Faults => Interlocked.Read(ref _faults);

    /// <summary>Takes a frame that the frame network has measured.</summary>
    /// <exception cref="ModelLoadException">The network failed.</exception>
    /// <exception cref="ArgumentException">A face's features are another network's.</exception>
    public void Process(FrameFaces frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (frame.FileName is not null)
        {
            return;
        }

        long pts = frame.Envelope.PtsMicroseconds;
        _runner.Prepare(MaximumBatch);
        for (int i = 0; i < frame.Faces.Count; i++)
        {
            FaceObservation face = frame.Faces[i];
            if (face.State == FaceState.Lost)
            {
                Remove(face.FaceId);
            }
            else if (face is { IsVisible: true, HasActionUnits: true })
            {
                Enqueue(face, pts);
                if (_count == MaximumBatch)
                {
                    Flush(pts);
                }
            }
        }

        Flush(pts);
        LetGoOfStaleTracks(pts);
    }

    /// <inheritdoc/>
    public void Dispose() => _runner.Dispose();

    private void Enqueue(FaceObservation face, long pts)
    {
        if (face.Features.Length != _featureCount)
        {
            throw new ArgumentException($"Face {face.FaceId} has {face.Features.Length} features, the temporal head takes {_featureCount}.", nameof(face));
        }

        TemporalTrack track = GetOrAdd(face.FaceId);
        if (track.LastStep is long last && (pts < last || pts - last > _gap))
        {
            track.Reset();
        }

        face.Features.CopyTo(_runner.Input(_ports.Features, _count));
        face.RawIntensities.CopyTo(_runner.Input(_ports.Intensity, _count));
        track.State.CopyTo(_runner.Input(_ports.State, _count));
        _runner.Input(_ports.Elapsed, _count)[0] = track.LastStep is long previous ? (pts - previous) / 1e6f : 0;
        if (_ports.Reference >= 0)
        {
            WriteReference(face.FaceId);
        }

        _batch[_count] = face;
        _batchTracks[_count++] = track;
    }

    private void WriteReference(long faceId)
    {
        Span<float> reference = _runner.Input(_ports.Reference, _count);
        bool hasReference = false;
        if (_references is not null && _references.TryGet(faceId, out ReadOnlySpan<float> features, out _))
        {
            features.CopyTo(reference);
            hasReference = true;
        }
        else
        {
            reference.Clear();
        }

        _runner.Input(_ports.HasReference, _count)[0] = hasReference ? 1 : 0;
    }

    private void Flush(long pts)
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
            TemporalTrack track = _batchTracks[i];
            ReadOnlySpan<float> next = _runner.Output(_ports.NextState, i);
            face.HasActionUnits = _scale.TryApply(_runner.Output(_ports.Fused, i), face.Intensities, face.Scores, face.Presence) && IsFinite(next);
            if (face.HasActionUnits)
            {
                next.CopyTo(track.State);
                track.LastStep = pts;
            }
            else
            {
                track.Reset();
                Interlocked.Increment(ref _faults);
            }
        }

        Array.Clear(_batch, 0, _count);
        Array.Clear(_batchTracks, 0, _count);
        _count = 0;
        _runner.Prepare(MaximumBatch);
    }

    private static bool IsFinite(ReadOnlySpan<float> values)
    {
        // x · 0 is 0 for every finite x, and NaN otherwise.
        float sum = 0;
        foreach (float value in values)
        {
            sum += value * 0;
        }

        return sum == 0;
    }

    private TemporalTrack GetOrAdd(long faceId)
    {
        if (!_byFace.TryGetValue(faceId, out TemporalTrack? track))
        {
            track = _spare.TryPop(out TemporalTrack? recycled) ? recycled : new TemporalTrack(_stateLength);
            track.FaceId = faceId;
            _byFace.Add(faceId, track);
            _tracks.Add(track);
        }

        return track;
    }

    private void Remove(long faceId)
    {
        if (_byFace.Remove(faceId, out TemporalTrack? track))
        {
            _tracks.Remove(track);
            track.Reset();
            _spare.Push(track);
        }
    }

    // Its next step would begin anew anyway.
    private void LetGoOfStaleTracks(long pts)
    {
        for (int i = _tracks.Count - 1; i >= 0; i--)
        {
            if (_tracks[i].LastStep is not long last || Math.Abs(pts - last) > _gap)
            {
                Remove(_tracks[i].FaceId);
            }
        }
    }

    private sealed class Ports
    {
        public Ports(OnnxSession session)
        {
            Features = session.InputIndex(CompanionNetworkContract.Features);
            Intensity = session.InputIndex(CompanionNetworkContract.Intensity);
            Elapsed = session.InputIndex(CompanionNetworkContract.Elapsed);
            State = session.InputIndex(CompanionNetworkContract.State);
            bool hasReference = session.Inputs.Any(port => port.Name == CompanionNetworkContract.Reference);
            Reference = hasReference ? session.InputIndex(CompanionNetworkContract.Reference) : -1;
            HasReference = hasReference ? session.InputIndex(CompanionNetworkContract.HasReference) : -1;
            Fused = session.OutputIndex(CompanionNetworkContract.FusedIntensity);
            NextState = session.OutputIndex(CompanionNetworkContract.NextState);
        }

        public int Features { get; }

        public int Intensity { get; }

        public int Elapsed { get; }

        public int State { get; }

        public int Reference { get; }

        public int HasReference { get; }

        public int Fused { get; }

        public int NextState { get; }
    }
}
