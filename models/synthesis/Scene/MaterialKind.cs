namespace AuStream.Synthesis.Scene;

/// <summary>What a surface is made of; decides how it is shaded.</summary>
public enum MaterialKind
{
    /// <summary>Skin of face, head and neck: soft terminator, oily highlights, height map.</summary>
    Skin,

    /// <summary>Eyeball: sclera, iris and pupil in one texture, sharp wet highlight.</summary>
    Eye,

    /// <summary>Teeth.</summary>
    Teeth,

    /// <summary>Tongue and gums: wet.</summary>
    Mucosa,

    /// <summary>Inside of mouth and eye sockets: dark.</summary>
    Cavity,

    /// <summary>Scalp hair and beards, drawn as blended cards.</summary>
    Hair,

    /// <summary>Eyebrows, blended over the skin.</summary>
    Brow,

    /// <summary>Eyelashes, blended.</summary>
    Lash,

    /// <summary>Cloth, headscarves, caps.</summary>
    Cloth,

    /// <summary>Frames of glasses, microphones: hard plastic.</summary>
    Plastic,

    /// <summary>Lenses of glasses: transparent with reflections.</summary>
    Lens,
}
