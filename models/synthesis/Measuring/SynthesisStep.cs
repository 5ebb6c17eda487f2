namespace AuStream.Synthesis.Measuring;

/// <summary>What time is spent on when pictures are made.</summary>
public enum SynthesisStep
{
    /// <summary>Drawing a person: shape, hair, clothes.</summary>
    Person,

    /// <summary>Painting the person's skin, once.</summary>
    Skin,

    /// <summary>Putting an expression on the head.</summary>
    Pose,

    /// <summary>Repainting wrinkles that the expression deepens.</summary>
    Wrinkles,

    /// <summary>Hands and things before the face.</summary>
    Occluders,

    /// <summary>Vertices and normals before the camera.</summary>
    Geometry,

    /// <summary>Which triangle each sample sees.</summary>
    Visibility,

    /// <summary>The shadow map.</summary>
    Shadow,

    /// <summary>What each pixel shows: textures and normals.</summary>
    Surfaces,

    /// <summary>Ambient occlusion.</summary>
    Occlusion,

    /// <summary>Light on surfaces.</summary>
    Shading,

    /// <summary>Hair, brows, lashes, lenses.</summary>
    Hair,

    /// <summary>The background, and everything put together.</summary>
    Background,

    /// <summary>The camera: blur, noise, codec.</summary>
    Camera,

    /// <summary>Finding the face and cutting the crop.</summary>
    Crop,
}
