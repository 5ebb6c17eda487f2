using AuStream.Models.Manifests;
using AuStream.Stages.ActionUnits;
using AuStream.Stages.Faces;

namespace AuStream.Stages.Calibrating;

/// <summary>
/// The neutral faces of a stream's tracks: enrolled on request, or estimated from each track's calm, frontal, still frames. Sets
/// <see cref="FaceObservation.Calibration"/>; what is done with the references is for later stages.
/// </summary>
/// <remarks>
/// One object per stream. <see cref="RequestEnrolmentAsync"/> and <see cref="RequestStoredAsync"/> may be called from any thread; everything
/// else belongs to the stage's thread. Allocates nothing per frame unless a face comes, or an enrolment is under way. Looks at what the frame
/// network says (<see cref="FaceObservation.RawIntensities"/>, <see cref="FaceObservation.Features"/>, and intensities before later stages change
/// them), and causally: a frame's state says what its results are relative to.
/// </remarks>
public sealed class NeutralReferences : IDisposable
{
    private const long ForgetAfterMicroseconds = 60_000_000;

    private readonly ActionUnitModelManifest _manifest;
    private readonly int _featureCount;
    private readonly NeutralReferenceOptions _options;
    private readonly NeutralStore? _store;
    private readonly Func<string?, long, NeutralFace?>? _known;
    private readonly Dictionary<long, TrackReference> _byFace = [];
    private readonly List<TrackReference> _tracks = [];
    private readonly Stack<TrackReference> _spare = new();
    private readonly Lock _gate = new();
    private readonly List<PendingEnrolment> _pending = [];
    private volatile bool _hasPending;
    private NeutralFace? _personNeutral;
    private bool _isOver;

    /// <summary>References for one stream.</summary>
    /// <param name="manifest">The frame network's manifest.</param>
    /// <param name="featureCount">Length of its feature vector (<see cref="ActionUnitNet.FeatureCount"/>).</param>
    /// <param name="options">How neutral faces are found.</param>
    /// <param name="store">Where enrolled names are kept over restarts; null for nowhere.</param>
    /// <param name="known">The neutral face that a face has from the beginning, by the picture's file name (null for video) and its id; null
    /// where nothing is known.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public NeutralReferences(
        ActionUnitModelManifest manifest,
        int featureCount,
        NeutralReferenceOptions options,
        NeutralStore? store = null,
        Func<string?, long, NeutralFace?>? known = null)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(options);
        string[] faults = [.. options.Faults()];
        if (faults.Length > 0)
        {
            throw new ArgumentException(string.Join("; ", faults), nameof(options));
        }

        _manifest = manifest;
        _featureCount = featureCount;
        _options = options;
        _store = store;
        _known = known;
    }

    /// <summary>Name of the only person of the stream, or null: whoever is enrolled under it, every new face has that neutral face.</summary>
    public string? Person { get; init; }

    /// <summary>What faces are that have a neutral face from the beginning: enrolled, or estimated when an earlier reading of the same recording
    /// found it.</summary>
    public CalibrationState KnownState { get; init; } = CalibrationState.Enrolled;

    /// <summary>Tracks that are followed.</summary>
    public int TrackCount => _tracks.Count;

    /// <summary>Where the references come from.</summary>
    public ReferenceMode Mode => _options.Mode;

    /// <summary>Takes a measured frame: updates every track, and tells each visible face its state.</summary>
    public void Observe(FrameFaces frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (_options.Mode == ReferenceMode.Off)
        {
            return;
        }

        long pts = frame.Envelope.PtsMicroseconds;
        if (frame.FileName is not null)
        {
            // Pictures have no course of time: nothing is known from one to the next.
            while (_tracks.Count > 0)
            {
                Remove(_tracks.Count - 1);
            }
        }

        for (int i = 0; i < frame.Faces.Count; i++)
        {
            FaceObservation face = frame.Faces[i];
            if (face.State == FaceState.Lost)
            {
                Remove(IndexOf(face.FaceId));
            }
            else if (face.IsVisible)
            {
                TrackReference track = GetOrAdd(face.FaceId, frame.FileName);
                track.LastSeen = pts;
                track.Observe(face, pts, face.HasActionUnits ? ActivationOf(face) : default);
            }
            else if (_byFace.TryGetValue(face.FaceId, out TrackReference? hidden))
            {
                hidden.Interrupt();
            }
        }

        ForgetTracks(pts);
        if (_hasPending)
        {
            Serve(frame);
        }

        for (int i = 0; i < frame.Faces.Count; i++)
        {
            FaceObservation face = frame.Faces[i];
            if (face.IsVisible)
            {
                CalibrationState state = _byFace[face.FaceId].State;
                face.Calibration = state == CalibrationState.Estimating && frame.FileName is not null ? CalibrationState.None : state;
            }
        }
    }

    /// <summary>The neutral face of a track, when there is one. The spans are valid until the next call of <see cref="Observe"/>.</summary>
    /// <param name="faceId">The face.</param>
    /// <param name="features">The frame network's features of it.</param>
    /// <param name="rawIntensities">The frame network's raw outputs on it.</param>
    public bool TryGet(long faceId, out ReadOnlySpan<float> features, out ReadOnlySpan<float> rawIntensities)
    {
        if (_byFace.TryGetValue(faceId, out TrackReference? track) && track.HasReference)
        {
            features = track.Features;
            rawIntensities = track.RawIntensities;
            return true;
        }

        features = rawIntensities = default;
        return false;
    }

    /// <summary>Brings a table of neutral faces up to date with those that are new since the last call. Allocates for these only.</summary>
    /// <param name="byFace">The table, by face id; nothing is removed from it.</param>
    public void CopyNewTo(IDictionary<long, NeutralFace> byFace)
    {
        ArgumentNullException.ThrowIfNull(byFace);
        foreach (TrackReference track in _tracks)
        {
            if (track.IsNew)
            {
                byFace[track.FaceId] = new NeutralFace(track.Features.ToArray(), track.RawIntensities.ToArray());
                track.IsNew = false;
            }
        }
    }

    /// <summary>Makes the next still, frontal stretch of a face, or of all faces now seen, their neutral face. Whether the face is at rest is for
    /// the caller to see to. Answers within the patience of the options in stream time; while a stream delivers no frames it waits.</summary>
    /// <param name="faceId">The face, or null for all that are seen.</param>
    /// <param name="name">Name to keep it under, for one face only; null for <see cref="Person"/>, or for none. It is stored where the stream has
    /// a store, else it is remembered until the stream ends.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Success, or the reason: never an exception but for cancellation.</returns>
    public Task<EnrolmentResult> RequestEnrolmentAsync(long? faceId, string? name, CancellationToken cancellationToken = default)
    {
        name ??= Person;
        return name is not null && NeutralStore.FaultOf(name) is string fault
            ? Task.FromResult(EnrolmentResult.Failed(fault))
            : EnqueueAsync(new PendingEnrolment(faceId, name, known: null, _manifest, _featureCount, _options), cancellationToken);
    }

    /// <summary>Makes the stored neutral face of a name the reference of a face, or of the only face now seen.</summary>
    /// <param name="faceId">The face, or null for the only one.</param>
    /// <param name="name">The name it was enrolled under.</param>
    /// <param name="cancellationToken">Gives up waiting for a frame.</param>
    /// <returns>Success, or the reason.</returns>
    public Task<EnrolmentResult> RequestStoredAsync(long? faceId, string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        NeutralFace? stored;
        try
        {
            stored = _store?.TryLoad(name, _manifest, _featureCount);
        }
        catch (NeutralStoreException unusable)
        {
            return Task.FromResult(EnrolmentResult.Failed(unusable.Message));
        }

        return stored is null
            ? Task.FromResult(EnrolmentResult.Failed(_store is null
                ? "nothing is stored: the configuration names no folder (calibration.store)"
                : $"no neutral face is stored under '{name}': enrol it first"))
            : EnqueueAsync(new PendingEnrolment(faceId, name, stored, _manifest, _featureCount, _options), cancellationToken);
    }

    /// <summary>The stream is over: answers the requests that are still waiting.</summary>
    public void Dispose()
    {
        PendingEnrolment[] waiting;
        lock (_gate)
        {
            _isOver = true;
            waiting = [.. _pending];
            _pending.Clear();
            _hasPending = false;
        }

        foreach (PendingEnrolment request in waiting)
        {
            request.Completion.TrySetResult(EnrolmentResult.Failed("the stream ended"));
        }
    }

    private Task<EnrolmentResult> EnqueueAsync(PendingEnrolment request, CancellationToken cancellationToken)
    {
        if (_options.Mode == ReferenceMode.Off)
        {
            return Task.FromResult(EnrolmentResult.Failed("the neutral reference is switched off (calibration.reference)"));
        }

        lock (_gate)
        {
            if (_isOver)
            {
                return Task.FromResult(EnrolmentResult.Failed("the stream ended"));
            }

            _pending.Add(request);
            _hasPending = true;
        }

        CancellationTokenRegistration registration = cancellationToken.Register(() =>
        {
            Forget(request);
            request.Completion.TrySetCanceled(cancellationToken);
        });
        _ = request.Completion.Task.ContinueWith(
            (_, state) => ((CancellationTokenRegistration)state!).Dispose(), registration, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return request.Completion.Task;
    }

    private void Serve(FrameFaces frame)
    {
        PendingEnrolment[] requests;
        lock (_gate)
        {
            requests = [.. _pending];
        }

        foreach (PendingEnrolment request in requests)
        {
            EnrolmentResult? result = request.Observe(frame, ActivationOf, (faceId, neutral) => GetOrAdd(faceId, frame.FileName).Take(neutral, CalibrationState.Enrolled));
            if (result is not null)
            {
                Forget(request);
                if (Person is not null && request.Name == Person && request.Enrolled is not null)
                {
                    _personNeutral = request.Enrolled;
                }

                Answer(request, result);
            }
        }
    }

    private void Answer(PendingEnrolment request, EnrolmentResult result)
    {
        if (_store is null || request is not { Name: string name, Enrolled: NeutralFace neutral, IsMeasured: true })
        {
            request.Completion.TrySetResult(result);
            return;
        }

        // The disk may be slow, and frames do not wait for it.
        _ = Task.Run(() =>
        {
            try
            {
                _store.Save(name, neutral, _manifest);
                request.Completion.TrySetResult(result);
            }
            catch (NeutralStoreException notStored)
            {
                request.Completion.TrySetResult(new EnrolmentResult(
                    [.. result.Faces.Select(face => face with { Reason = $"enrolled until the stream ends, but not stored: {notStored.Message}" })], null));
            }
        });
    }

    private void Forget(PendingEnrolment request)
    {
        lock (_gate)
        {
            _pending.Remove(request);
            _hasPending = _pending.Count > 0;
        }
    }

    private FaceActivation ActivationOf(FaceObservation face)
    {
        float sum = 0;
        bool isPresent = false;
        for (int i = 0; i < face.Intensities.Length; i++)
        {
            float activation = face.Intensities[i] / _manifest.Thresholds[i];
            sum += activation;
            isPresent |= activation >= 1;
        }

        return new FaceActivation(sum / face.Intensities.Length, isPresent);
    }

    private TrackReference GetOrAdd(long faceId, string? fileName)
    {
        if (!_byFace.TryGetValue(faceId, out TrackReference? track))
        {
            track = _spare.TryPop(out TrackReference? recycled) ? recycled : new TrackReference(_featureCount, _manifest.ActionUnits.Count, _options);
            track.Reset();
            track.FaceId = faceId;
            if (_personNeutral is NeutralFace person)
            {
                track.Take(person, CalibrationState.Enrolled);
            }
            else if (_known?.Invoke(fileName, faceId) is NeutralFace known)
            {
                track.Take(known, KnownState);
            }

            _byFace.Add(faceId, track);
            _tracks.Add(track);
        }

        return track;
    }

    private int IndexOf(long faceId) => _byFace.TryGetValue(faceId, out TrackReference? track) ? _tracks.IndexOf(track) : -1;

    private void Remove(int index)
    {
        if (index >= 0)
        {
            TrackReference track = _tracks[index];
            _tracks.RemoveAt(index);
            _byFace.Remove(track.FaceId);
            _spare.Push(track);
        }
    }

    // A face may also vanish without a record that says so. Occlusion, however long a tracker waits, is no reason to forget.
    private void ForgetTracks(long pts)
    {
        for (int i = _tracks.Count - 1; i >= 0; i--)
        {
            if (Math.Abs(pts - _tracks[i].LastSeen) > ForgetAfterMicroseconds)
            {
                Remove(i);
            }
        }
    }
}
