using System.Numerics;
using AuStream.Synthesis.Cameras;
using AuStream.Synthesis.People;
using AuStream.Synthesis.ActionUnits;
using AuStream.Synthesis.Scene;
using AuStream.Synthesis.Shading;
using AuStream.Synthesis.Skin;

namespace AuStream.Synthesis.Samples;

/// <summary>A person with painted skin, ready to be drawn with any expression. Not thread-safe: the skin's wrinkles are repainted in place.</summary>
public sealed class PaintedPerson
{
    private static readonly SidedStrengths s_rest = new();

    private PaintedPerson(Person person, PaintedSkin skin)
    {
        Person = person;
        Skin = skin;
    }

    /// <summary>Identity.</summary>
    public Person Person { get; }

    /// <summary>Skin.</summary>
    public PaintedSkin Skin { get; }

    /// <summary>Paints a person.</summary>
    /// <param name="person">The person.</param>
    /// <param name="largestTexture">Upper limit of the skin texture's side in texels.</param>
    public static PaintedPerson Create(Person person, int largestTexture = 512)
    {
        ArgumentNullException.ThrowIfNull(person);
        PosedHead resting = person.Pose(Expression.Neutral());
        return new PaintedPerson(person, SkinPainter.Paint(person.Appearance, person.SkinLayout, resting.Parts[0], largestTexture));
    }

    /// <summary>Adds a posed head to a scene and brings the skin's wrinkles into its expression.</summary>
    /// <param name="head">Pose of this person.</param>
    /// <param name="placement">Where the head is.</param>
    /// <param name="items">Receives the parts.</param>
    /// <param name="wrinkles">False leaves the skin as it is at rest.</param>
    public void AddTo(PosedHead head, in HeadPlacement placement, IList<SceneItem> items, bool wrinkles = true)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(items);
        Skin.Express(wrinkles ? head.Strengths : s_rest);
        Matrix4x4 toCamera = placement.ToCamera();
        for (int i = 0; i < head.Parts.Count; i++)
        {
            ScenePart part = head.Parts[i];
            items.Add(i == 0 ? new SceneItem(WithoutTint(part), toCamera, Skin.Albedo, Skin.Relief) : SceneItem.FromMaterial(part, toCamera));
        }
    }

    // The painted colour already is the skin's own; the material's tint is meant for unpainted skin.
    private ScenePart WithoutTint(ScenePart part)
    {
        Material material = part.Material;
        if (_skinMaterial is null || _tinted != material)
        {
            _tinted = material;
            _skinMaterial = new Material
            {
                Kind = material.Kind,
                Specular = material.Specular,
                Gloss = material.Gloss,
                IsTwoSided = material.IsTwoSided,
                CastsShadow = material.CastsShadow,
            };
        }

        return new ScenePart
        {
            Positions = part.Positions,
            Triangles = part.Triangles,
            TextureCoordinates = part.TextureCoordinates,
            Openness = part.Openness,
            Material = _skinMaterial,
        };
    }

    private Material? _skinMaterial;
    private Material? _tinted;
}
