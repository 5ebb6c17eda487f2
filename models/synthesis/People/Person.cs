using System.Numerics;
using AuStream.Synthesis.ActionUnits;
using AuStream.Synthesis.Assets;
using AuStream.Synthesis.Randomness;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.People;

/// <summary>A synthetic person: an identity that can be posed. The same seed and options always give the same person. Immutable, thread-safe.</summary>
public sealed class Person
{
    private readonly PersonGeometry _geometry;
    private readonly HeadPoser _poser;

    private Person(ulong seed, PersonGeometry geometry, ActionUnitShapes movement)
    {
        Seed = seed;
        _geometry = geometry;
        _poser = new HeadPoser(geometry, movement);
    }

    /// <summary>Seed of the identity.</summary>
    public ulong Seed { get; }

    /// <summary>Looks, for the painter of the skin.</summary>
    public PersonAppearance Appearance => _geometry.Appearance;

    /// <summary>Where features lie in the skin texture.</summary>
    public SkinLayout SkinLayout => _geometry.Layout;

    /// <summary>Photograph of skin to paint on, laid out like the skin texture, or null where all must be painted.</summary>
    public Texture? BaseSkin => _geometry.Parts[0].Material.Albedo;

    /// <summary>Makes a person.</summary>
    /// <exception cref="ArgumentException">An option is out of range, or asks for an asset that is not loaded.</exception>
    public static Person Create(ulong seed, SynthesisAssets assets, PersonOptions options)
    {
        ArgumentNullException.ThrowIfNull(assets);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var random = new RandomStream(seed);
        bool wantsIct = random.Split("source").Chance(options.IctShare);
        HeadSource source = options.Source ?? (wantsIct && assets.Ict is not null ? HeadSource.Ict : HeadSource.MakeHuman);
        if (source == HeadSource.Ict && assets.Ict is null)
        {
            throw new ArgumentException("The options ask for ICT heads but ICT-FaceKit was not loaded: give its path to SynthesisAssets.Load");
        }

        PersonGeometry geometry = source == HeadSource.Ict
            ? IctPersonBuilder.Build(seed, random, assets, options)
            : MakeHumanPersonBuilder.Build(seed, random, assets, options);
        return new Person(seed, geometry, options.HasOwnMovement ? new ActionUnitShapes(random.Split("movement")) : new ActionUnitShapes());
    }

    /// <summary>Puts an expression on the face.</summary>
    /// <param name="expression">What the face does; impossible combinations are resolved by <see cref="ExpressionResolver"/>.</param>
    public PosedHead Pose(Expression expression)
    {
        ArgumentNullException.ThrowIfNull(expression);
        return _poser.Pose(expression);
    }
}
