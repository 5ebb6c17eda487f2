using AuStream.Models.Manifests;
using AuStream.Models.Sessions;
using AuStream.Pipeline.Commands;
using AuStream.Pipeline.Configuration;
using AuStream.Pipeline.Graph;
using AuStream.Stages.ActionUnits;
using AuStream.Stages.Calibrating;
using AuStream.Stages.Decoding;
using AuStream.Stages.Detection;
using AuStream.Stages.Events;
using AuStream.Stages.Faces;
using AuStream.Stages.Frames;
using AuStream.Stages.Landmarks;
using AuStream.Stages.Publishing;
using AuStream.Stages.Supervising;
using AuStream.Stages.Tracking;

namespace AuStream.Pipeline.Assembling;

/// <summary>Everything that streams share: the networks, the frame pool, the event ids. Builds each stream's parts on it.</summary>
/// <remarks>Thread-safe. Dispose it after its streams.</remarks>
public sealed class MeasuringEngine : IDisposable
{
    private readonly ModelStore _store;
    private readonly TimeProvider _time;
    private readonly FramePool _pool = new();
    private readonly EventIdGenerator _ids;
    private readonly OnnxSessionOptions _computing;
    private readonly OnnxSession _actionUnits;
    private readonly ComputeTurns _turns;
    private readonly LandmarkNetwork _landmarks;
    private readonly TimeModels _timeModels;
    private readonly Dictionary<DetectorRange, FaceModels> _faces = [];
    private readonly Lock _gate = new();

    private MeasuringEngine(
        ModelStore store, ActionUnitModel model, LandmarkNetwork landmarks, TimeProvider time, EventIdLease? lease, OnnxSessionOptions computing)
    {
        _store = store;
        _time = time;
        _ids = new EventIdGenerator(time, lease: lease);
        Manifest = model.Manifest;
        _landmarks = landmarks;
        // Twice the cores: while a woken thread waits for its core, or a network for memory, another frame is worked on.
        _turns = new ComputeTurns(2 * Environment.ProcessorCount, time);
        _computing = computing;
        _actionUnits = OnnxSession.Load(model.NetworkPath, computing);
        _timeModels = new TimeModels(model, FeatureCount, computing);
    }

    /// <summary>What is known about the action unit network.</summary>
    public ActionUnitModelManifest Manifest { get; }

    /// <summary>Length of the action unit network's feature vector; 0 when it has none.</summary>
    public int FeatureCount => ActionUnitNetworkContract.FeatureCountOf(_actionUnits);

    /// <summary>The network that finds the landmarks.</summary>
    public LandmarkNetwork Landmarks => _landmarks;

    /// <summary>Loads and verifies the action unit network.</summary>
    /// <exception cref="UsageException">There is no such model or landmark network; the message lists those that exist.</exception>
    /// <param name="modelId">The model.</param>
    /// <param name="time">The clock.</param>
    /// <param name="lease">Keeps ids in order over restarts; null where nobody compares them.</param>
    /// <param name="computing">How networks are computed; null for the processor.</param>
    /// <param name="landmarks">Id of the landmark network, or <see cref="LandmarkNetworks.Auto"/> for the one that the model was trained with.</param>
    /// <exception cref="ModelManifestException">The model's files contradict each other.</exception>
    /// <exception cref="ModelLoadException">It cannot be computed by what <paramref name="computing"/> asks for.</exception>
    public static MeasuringEngine Load(
        string modelId, TimeProvider time, EventIdLease? lease = null, OnnxSessionOptions? computing = null, string landmarks = LandmarkNetworks.Auto)
    {
        ModelStore store = ModelStore.Default();
        ActionUnitModel model;
        try
        {
            model = new ActionUnitModelCatalog(store).Find(modelId);
        }
        catch (ModelNotFoundException unknown)
        {
            throw new UsageException(unknown.Message, unknown);
        }

        model.VerifyHash();
        return new MeasuringEngine(store, model, ChooseLandmarks(landmarks, model), time, lease, computing ?? new OnnxSessionOptions());
    }

    /// <summary>Shares the processor among the streams.</summary>
    public ComputeTurns Turns => _turns;

    /// <summary>The networks that are loaded now, by model id.</summary>
    public IReadOnlyList<(string Model, OnnxSession Session)> Sessions
    {
        get
        {
            lock (_gate)
            {
                IEnumerable<OnnxSession> faces = _faces.Values.SelectMany(models => (OnnxSession[])[models.Detector, models.Landmarks]);
                return [.. faces.Prepend(_actionUnits).Concat(_timeModels.Sessions).Select(session => (Path.GetFileNameWithoutExtension(session.Path), session))];
            }
        }
    }

    /// <summary>Opens a source; one that is live reconnects by itself.</summary>
    /// <param name="streamId">Id that the frames carry.</param>
    /// <param name="uriOrPath">What to open.</param>
    /// <param name="settings">How to read it.</param>
    /// <param name="onConnection">Told every change of a live source's connection; may be null.</param>
    /// <param name="onWarning">Told what went wrong without ending the source; may be null.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SourceException">It cannot be opened.</exception>
    public async Task<IFrameSource> OpenAsync(
        string streamId,
        string uriOrPath,
        StreamSettings settings,
        Action<ConnectionChange>? onConnection,
        Action<SourceWarning>? onWarning,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        SourceOptions options = new()
        {
            StreamId = streamId,
            Hardware = settings.Hardware,
            // As many as ffmpeg itself would take, but it does not see the limit of a container.
            DecoderThreads = Math.Min(16, Environment.ProcessorCount),
            StallTimeout = settings.StallTimeout,
            Repeat = settings.Repeat,
            RealTime = settings.Realtime,
            OnWarning = onWarning,
        };
        return await ReconnectingSource.OpenAsync(
            cancellation => SourceFactory.OpenAsync(uriOrPath, options, _pool, _time, cancellation),
            new ReconnectOptions(),
            _time,
            onConnection,
            random: null,
            cancellationToken);
    }

    /// <summary>What messages and files of a new session of a stream say about it.</summary>
    public SessionInfo Describe(string site, string streamId, IFrameSource source, StreamSettings settings)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Describe(site, streamId, source.Description.Uri, source.Description.Kind == SourceKind.Pictures, settings);
    }

    /// <summary>The same for a source that is not open yet.</summary>
    /// <param name="site">The site.</param>
    /// <param name="streamId">The stream.</param>
    /// <param name="source">What is measured, without any password.</param>
    /// <param name="isPictures">True for a picture or a folder of pictures.</param>
    /// <param name="settings">How it is measured.</param>
    public SessionInfo Describe(string site, string streamId, string source, bool isPictures, StreamSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new SessionInfo
        {
            Site = site,
            StreamId = streamId,
            SessionId = _ids.Next(),
            StartedAt = _time.GetUtcNow(),
            Source = source,
            ModelId = Manifest.Id,
            ModelVersion = Manifest.Version,
            ActionUnits = Manifest.ActionUnits,
            Readings = !isPictures && settings.Time is { Known: not null, KnownState: CalibrationState.Estimated } ? 2 : 1,
            UsesTemporalHead = !isPictures && _timeModels.UsesTemporal(settings.Time),
            Reference = !isPictures ? _timeModels.ReferenceOf(settings.Time) : settings.Time.Known is null ? ReferenceMode.Off : ReferenceMode.Enrolled,
        };
    }

    /// <summary>Where neutral faces come from in video with these settings.</summary>
    public ReferenceMode ReferenceOf(StreamSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return _timeModels.ReferenceOf(settings.Time);
    }

    /// <summary>Ids for events and sessions.</summary>
    public EventIdGenerator Ids => _ids;

    /// <summary>Loads the face networks of a stream's detector, so that what is missing shows before anything is written.</summary>
    /// <exception cref="ModelNotFoundException">One is missing; the message says how to get it.</exception>
    /// <exception cref="ModelLoadException">One is damaged.</exception>
    /// <exception cref="UsageException">The settings ask for a temporal head that the model does not have.</exception>
    /// <exception cref="ConfigurationException">A threshold is for an action unit that the model does not measure.</exception>
    public void Prepare(StreamSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _ = GetFaceModels(settings.Detector);
        _timeModels.Prepare(settings.Time);
        _ = WithThresholds(settings.Thresholds);
    }

    /// <summary>The stages of a stream. The graph that takes them disposes them.</summary>
    public StreamGraphParts CreateParts(string streamId, IFrameSource source, StreamSettings settings, IReadOnlyList<IResultSink> sinks)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(settings);
        ActionUnitModelManifest manifest = WithThresholds(settings.Thresholds);
        bool isPictures = source.Description.Kind == SourceKind.Pictures;
        FaceAnalyzerOptions faces = new()
        {
            Detection = new FaceDetectorOptions { Range = settings.Detector },
            Network = _landmarks,
            Tracking = new TrackerOptions { MaximumFaces = settings.MaxFaces, IsPictures = isPictures },
        };
        ActionUnitNet net = new(manifest, _actionUnits);
        TimeStage? time = _timeModels.CreateStage(settings.Time, manifest, isPictures);
        return new StreamGraphParts
        {
            Source = source,
            FaceFinder = new FaceFinder(new FaceAnalyzer(GetFaceModels(settings.Detector), faces)),
            ActionUnits = new ActionUnitStage(net),
            Time = time,
            References = time?.References,
            Events = isPictures ? null : CreateEventStage(streamId, manifest, settings),
            Sinks = sinks,
            Turns = _turns,
        };
    }

    /// <summary>The stages of a video stream that know a track's past; the caller disposes the first.</summary>
    internal (TimeStage? Time, EventStage Events) CreateTimeStages(string streamId, StreamSettings settings) =>
        (_timeModels.CreateStage(settings.Time, Manifest, isPictures: false), CreateEventStage(streamId, Manifest, settings));

    /// <inheritdoc/>
    public void Dispose()
    {
        _actionUnits.Dispose();
        _timeModels.Dispose();
        foreach (FaceModels models in _faces.Values)
        {
            models.Dispose();
        }
    }

    private static LandmarkNetwork ChooseLandmarks(string landmarks, ActionUnitModel model)
    {
        try
        {
            return LandmarkNetworks.Parse(landmarks == LandmarkNetworks.Auto ? model.Manifest.LandmarkNetwork : landmarks);
        }
        catch (ArgumentException unknown)
        {
            throw new UsageException($"'{landmarks}' is no landmark network: {LandmarkNetworks.Auto}, {string.Join(", ", LandmarkNetworks.Ids)} are possible.", unknown);
        }
    }

    private ActionUnitModelManifest WithThresholds(IReadOnlyDictionary<int, double> thresholds)
    {
        if (thresholds.Count == 0)
        {
            return Manifest;
        }

        int[] unknown = [.. thresholds.Keys.Except(Manifest.ActionUnits)];
        if (unknown.Length > 0)
        {
            throw new ConfigurationException($"thresholds: {Manifest.Id} does not measure AU {string.Join(", ", unknown)}; it measures {string.Join(", ", Manifest.ActionUnits)}.");
        }

        IReadOnlyList<float> Replace(IReadOnlyList<float> own) =>
            [.. Manifest.ActionUnits.Select((unit, i) => thresholds.TryGetValue(unit, out double chosen) ? (float)chosen : own[i])];
        return Manifest with
        {
            Thresholds = Replace(Manifest.Thresholds),
            Temporal = Manifest.Temporal is { } temporal ? temporal with { Thresholds = Replace(temporal.Thresholds) } : null,
        };
    }

    private EventStage CreateEventStage(string streamId, ActionUnitModelManifest manifest, StreamSettings settings) => new(
        manifest.ActionUnits,
        _timeModels.ThresholdsOf(settings.Time, manifest),
        thresholds => new EventSmoother(streamId, manifest.ActionUnits, thresholds, settings.Time.Events, _ids));

    /// <summary>The face networks of a detector, loaded when they are first needed; this object disposes them.</summary>
    internal FaceModels GetFaceModels(DetectorRange range)
    {
        lock (_gate)
        {
            if (!_faces.TryGetValue(range, out FaceModels? models))
            {
                models = FaceModels.Load(_store, range, _landmarks, _computing);
                _faces.Add(range, models);
            }

            return models;
        }
    }
}
