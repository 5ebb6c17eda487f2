using AuStream.Pipeline.Configuration;
using AuStream.Stages.Calibrating;
using AuStream.Stages.Events;
using AuStream.Stages.Faces;

namespace AuStream.Pipeline.Assembling;

/// <summary>How one stream makes use of time: temporal head, neutral reference, event smoothing.</summary>
public sealed record TimeSettings
{
    private static readonly string[] s_modes = ["auto", "on", "off"];
    private static readonly string[] s_references = ["auto", "off", "enrolled", "estimated"];

    /// <summary>Whether the temporal head is used.</summary>
    public TemporalMode Temporal { get; init; }

    /// <summary>Where neutral faces come from; null chooses <see cref="ReferenceMode.Estimated"/> for models that were trained with a reference,
    /// else <see cref="ReferenceMode.Enrolled"/>.</summary>
    public ReferenceMode? Reference { get; init; }

    /// <summary>Where enrolled names are kept over restarts; null for nowhere.</summary>
    public NeutralStore? Store { get; init; }

    /// <summary>Name of the only person of the stream: every face has the neutral face stored under it, and the one enrolled under it later.</summary>
    public string? Person { get; init; }

    /// <summary>The neutral face that a face has from the beginning, by the picture's file name (null for video) and its id; null where nothing
    /// is known.</summary>
    public Func<string?, long, NeutralFace?>? Known { get; init; }

    /// <summary>What <see cref="Known"/> makes of a face: enrolled, or estimated where an earlier reading found it.</summary>
    public CalibrationState KnownState { get; init; } = CalibrationState.Enrolled;

    /// <summary>From scores to events.</summary>
    public EventSmootherOptions Events { get; init; } = new();

    /// <summary>The mode that a word chooses.</summary>
    /// <exception cref="ConfigurationException">The word names none.</exception>
    public static TemporalMode ParseTemporal(string word) => word switch
    {
        "auto" => TemporalMode.Auto,
        "off" => TemporalMode.Off,
        "on" => TemporalMode.On,
        _ => throw new ConfigurationException($"'{word}' is no use of the temporal head: {string.Join(", ", s_modes)} are possible."),
    };

    /// <summary>The origin of neutral faces that a word chooses; null for <c>auto</c>.</summary>
    /// <exception cref="ConfigurationException">The word names none.</exception>
    public static ReferenceMode? ParseReference(string word) => word switch
    {
        "auto" => null,
        "off" => ReferenceMode.Off,
        "enrolled" => ReferenceMode.Enrolled,
        "estimated" => ReferenceMode.Estimated,
        _ => throw new ConfigurationException($"'{word}' is no origin of neutral faces: {string.Join(", ", s_references)} are possible."),
    };
}
