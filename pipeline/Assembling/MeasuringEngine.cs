using AuStream.Models.Manifests;
using AuStream.Models.Sessions;
using AuStream.Pipeline.Commands;
using AuStream.Pipeline.Graph;
using AuStream.Stages.ActionUnits;
using AuStream.Stages.Calibrating;
using AuStream.Stages.Decoding;
using AuStream.Stages.Detection;
using AuStream.Stages.Events;
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
    private readonly OnnxSession _actionUnits;
    private readonly LandmarkNetwork _landmarks;
    private readonly TimeModels _timeModels;
    private readonly Dictionary<DetectorRange, FaceModels> _faces = [];
    private readonly Lock _gate = new();

    private MeasuringEngine(ModelStore store, ActionUnitModel model, TimeProvider time, EventIdLease? lease)
    {
        _store = store;
        _time = time;
        _ids = new EventIdGenerator(time, lease: lease);
        Manifest = model.Manifest;
        _landmarks = LandmarkNetworks.Parse(model.Manifest.LandmarkNetwork);
        _actionUnits = OnnxSession.Load(model.NetworkPath);
        _timeModels = new TimeModels(model);
    }

    /// <summary>What is known about the action unit network.</summary>
    public ActionUnitModelManifest Manifest { get; }

    /// <summary>Loads and verifies the action unit network.</summary>
    /// <exception cref="UsageException">There is no such model; the message lists those that exist.</exception>
    /// <param name="modelId">The model.</param>
    /// <param name="time">The clock.</param>
    /// <param name="lease">Keeps ids in order over restarts; null where nobody compares them.</param>
    /// <exception cref="ModelManifestException">The model's files contradict each other.</exception>
    public static MeasuringEngine Load(string modelId, TimeProvider time, EventIdLease? lease = null)
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
        return new MeasuringEngine(store, model, time, lease);
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
            UsesTemporalHead = !isPictures && _timeModels.UsesTemporal(settings.Time),
            Reference = !isPictures ? _timeModels.ReferenceOf(settings.Time) : settings.Time.Known is null ? ReferenceMode.Off : ReferenceMode.Enrolled,
        };
    }

    /// <summary>Ids for events and sessions.</summary>
    public EventIdGenerator Ids => _ids;

    /// <summary>Loads the face networks of a stream's detector, so that what is missing shows before anything is written.</summary>
    /// <exception cref="ModelNotFoundException">One is missing; the message says how to get it.</exception>
    /// <exception cref="ModelLoadException">One is damaged.</exception>
    /// <exception cref="UsageException">The settings ask for a temporal head that the model does not have.</exception>
    public void Prepare(StreamSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _ = GetFaceModels(settings.Detector);
        _timeModels.Prepare(settings.Time);
    }

    /// <summary>The stages of a stream. The graph that takes them disposes them.</summary>
    public StreamGraphParts CreateParts(string streamId, IFrameSource source, StreamSettings settings, IReadOnlyList<IResultSink> sinks)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(settings);
        bool isPictures = source.Description.Kind == SourceKind.Pictures;
        FaceAnalyzerOptions faces = new()
        {
            Detection = new FaceDetectorOptions { Range = settings.Detector },
            Network = _landmarks,
            Tracking = new TrackerOptions { MaximumFaces = settings.MaxFaces, IsPictures = isPictures },
        };
        ActionUnitNet net = new(Manifest, _actionUnits);
        TimeStage? time = _timeModels.CreateStage(settings.Time, net.FeatureCount, isPictures);
        return new StreamGraphParts
        {
            Source = source,
            FaceFinder = new FaceFinder(new FaceAnalyzer(GetFaceModels(settings.Detector), faces)),
            ActionUnits = new ActionUnitStage(net),
            Time = time,
            References = time?.References,
            Events = isPictures
                ? null
                : new EventStage(
                    Manifest.ActionUnits,
                    _timeModels.ThresholdsOf(settings.Time),
                    thresholds => new EventSmoother(streamId, Manifest.ActionUnits, thresholds, settings.Time.Events, _ids)),
            Sinks = sinks,
        };
    }

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

    private FaceModels GetFaceModels(DetectorRange range)
    {
        lock (_gate)
        {
            if (!_faces.TryGetValue(range, out FaceModels? models))
            {
                models = FaceModels.Load(_store, range, _landmarks);
                _faces.Add(range, models);
            }

            return models;
        }
    }
}
