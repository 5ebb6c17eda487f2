using AuStream.Models.Manifests;
using AuStream.Models.Sessions;
using AuStream.Pipeline.Commands;
using AuStream.Stages.Calibrating;
using AuStream.Stages.Faces;
using AuStream.Stages.Temporal;

namespace AuStream.Pipeline.Assembling;

/// <summary>The networks beside the frame network, temporal head and relative network, loaded when the first stream needs them.</summary>
/// <remarks>Thread-safe. Dispose it after its streams.</remarks>
internal sealed class TimeModels(ActionUnitModel model, int featureCount, OnnxSessionOptions computing) : IDisposable
{
    private readonly Lock _gate = new();
    private OnnxSession? _temporal;
    private OnnxSession? _relative;

    private ActionUnitModelManifest Manifest => model.Manifest;

    private string? RelativePath => Manifest.Relative is { IsOnByDefault: true } ? model.RelativePath : null;

    /// <summary>The networks that are loaded now.</summary>
    public IReadOnlyList<OnnxSession> Sessions
    {
        get
        {
            lock (_gate)
            {
                return [.. ((OnnxSession?[])[_temporal, _relative]).OfType<OnnxSession>()];
            }
        }
    }

    /// <summary>True when a stream with these settings uses the temporal head.</summary>
    /// <exception cref="UsageException">It has to, and the model has none.</exception>
    public bool UsesTemporal(TimeSettings settings) => settings.Temporal switch
    {
        TemporalMode.Off => false,
        TemporalMode.On when Manifest.Temporal is null => throw new UsageException(
            $"The temporal head is asked for, and model '{Manifest.Id}' has none: leave it to 'auto', or choose a model that has one (austream models list)."),
        TemporalMode.On => true,
        _ => Manifest.Temporal is { IsOnByDefault: true },
    };

    /// <summary>Where a stream with these settings gets neutral faces from.</summary>
    public ReferenceMode ReferenceOf(TimeSettings settings)
    {
        // A temporal head that was trained without a reference has no use for one.
        if (UsesTemporal(settings) && !Manifest.Temporal!.UsesReference)
        {
            return ReferenceMode.Off;
        }

        bool wasTrainedWithOne = UsesTemporal(settings) ? Manifest.Temporal!.UsesReference : RelativePath is not null;
        return settings.Reference ?? (wasTrainedWithOne ? ReferenceMode.Estimated : ReferenceMode.Enrolled);
    }

    /// <summary>Presence thresholds of a stream with these settings.</summary>
    /// <param name="settings">How time is used.</param>
    /// <param name="manifest">The model's manifest, with the stream's own thresholds.</param>
    public IReadOnlyList<float> ThresholdsOf(TimeSettings settings, ActionUnitModelManifest manifest) => UsesTemporal(settings) ? manifest.Temporal!.Thresholds : manifest.Thresholds;

    /// <summary>Loads what a stream with these settings needs, so that what is wrong shows before anything is written.</summary>
    /// <exception cref="UsageException">The temporal head is asked for, and the model has none.</exception>
    /// <exception cref="ModelLoadException">A network cannot be loaded.</exception>
    /// <exception cref="UsageException">What is stored under the person's name cannot be used.</exception>
    public void Prepare(TimeSettings settings)
    {
        _ = LoadPerson(settings);
        if (UsesTemporal(settings))
        {
            _ = Load(ref _temporal, model.TemporalPath!);
        }
        else if (ReferenceOf(settings) != ReferenceMode.Off && RelativePath is string path)
        {
            _ = Load(ref _relative, path);
        }
    }

    /// <summary>The stages of one stream; null when it needs none (pictures without a neutral face, everything switched off).</summary>
    /// <param name="settings">How time is used.</param>
    /// <param name="manifest">The model's manifest, with the stream's own thresholds.</param>
    /// <param name="isPictures">True where there is no course of time.</param>
    public TimeStage? CreateStage(TimeSettings settings, ActionUnitModelManifest manifest, bool isPictures)
    {
        bool temporal = UsesTemporal(settings) && !isPictures;
        ReferenceMode mode = isPictures && settings.Known is null ? ReferenceMode.Off
            : isPictures ? ReferenceMode.Enrolled : ReferenceOf(settings);
        if (!temporal && mode == ReferenceMode.Off)
        {
            return null;
        }

        NeutralFace? person = LoadPerson(settings);
        // Calm is measured by the model's own thresholds, whatever the stream's are.
        NeutralReferences references = new(Manifest, featureCount, new NeutralReferenceOptions { Mode = mode }, settings.Store, person is null ? settings.Known : (_, _) => person)
        {
            Person = settings.Person,
            KnownState = person is null ? settings.KnownState : CalibrationState.Enrolled,
        };
        if (temporal)
        {
            return new TimeStage(references, new TemporalHead(manifest, Load(ref _temporal, model.TemporalPath!), references), comparison: null);
        }

        OnnxSession? relative = RelativePath is string path ? Load(ref _relative, path) : null;
        return new TimeStage(references, head: null, new NeutralComparison(manifest, references, relative, featureCount, Manifest.Thresholds));
    }

    private NeutralFace? LoadPerson(TimeSettings settings)
    {
        try
        {
            return settings.Person is string name ? settings.Store?.TryLoad(name, Manifest, featureCount) : null;
        }
        catch (NeutralStoreException unusable)
        {
            throw new UsageException(unusable.Message, unusable);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _temporal?.Dispose();
        _relative?.Dispose();
    }

    private OnnxSession Load(ref OnnxSession? session, string path)
    {
        lock (_gate)
        {
            return session ??= OnnxSession.Load(path, computing);
        }
    }
}
