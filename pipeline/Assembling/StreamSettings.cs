using AuStream.Pipeline.Configuration;
using AuStream.Stages.Calibrating;
using AuStream.Stages.Decoding;
using AuStream.Stages.Detection;

namespace AuStream.Pipeline.Assembling;

/// <summary>How one stream is read and measured.</summary>
public sealed record StreamSettings
{
    /// <summary>Most faces measured at once, 1–100.</summary>
    public int MaxFaces { get; init; } = 10;

    /// <summary>Reach of the face detector.</summary>
    public DetectorRange Detector { get; init; } = DetectorRange.Full;

    /// <summary>Which hardware decodes.</summary>
    public HardwareDecoding Hardware { get; init; }

    /// <summary>Longest wait for a frame of a live source.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How often a file is read again after its end; −1 for ever.</summary>
    public int Repeat { get; init; }

    /// <summary>True delivers a file at its own speed, as if it were live.</summary>
    public bool Realtime { get; init; }

    /// <summary>How time is used.</summary>
    public TimeSettings Time { get; init; } = new();

    /// <summary>Intensities (0–5) from which an action unit counts as present, by FACS number, where they differ from the model's.</summary>
    public IReadOnlyDictionary<int, double> Thresholds { get; init; } = new Dictionary<int, double>();

    /// <summary>The settings that a configuration's stream asks for.</summary>
    /// <param name="configuration">The whole configuration.</param>
    /// <param name="stream">The stream in it.</param>
    /// <param name="folder">Folder of the configuration's file, where relative paths start.</param>
    public static StreamSettings From(RunConfiguration configuration, StreamConfiguration stream, string folder)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(stream);
        string store = configuration.Calibration.Store;
        return new StreamSettings
        {
            MaxFaces = stream.MaxFaces,
            Detector = ParseDetector(stream.Detector),
            Hardware = stream.HardwareDecoding switch
            {
                "auto" => HardwareDecoding.Auto,
                "cuda" => HardwareDecoding.Cuda,
                "vaapi" => HardwareDecoding.Vaapi,
                _ => HardwareDecoding.Off,
            },
            StallTimeout = TimeSpan.FromSeconds(stream.StallSeconds),
            Repeat = stream.Loop ? -1 : 0,
            Realtime = stream.Realtime || stream.Loop,
            Thresholds = stream.Thresholds,
            Time = new TimeSettings
            {
                Temporal = TimeSettings.ParseTemporal(configuration.Temporal),
                Reference = TimeSettings.ParseReference(configuration.Calibration.Reference),
                Store = store.Length == 0 ? null : new NeutralStore(Path.Combine(folder, store)),
                Person = stream.Neutral.Length == 0 ? null : stream.Neutral,
                Events = configuration.Events.ToOptions(),
            },
        };
    }

    /// <summary>The detector that a word names; <c>auto</c> is the full-range one, which also finds near faces.</summary>
    /// <exception cref="ConfigurationException">The word names none.</exception>
    public static DetectorRange ParseDetector(string word) => word switch
    {
        "auto" or "full" => DetectorRange.Full,
        "short" => DetectorRange.Short,
        _ => throw new ConfigurationException($"'{word}' names no detector: auto, short and full are possible."),
    };
}
