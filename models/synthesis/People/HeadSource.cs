namespace AuStream.Synthesis.People;

/// <summary>Which asset a head is made of.</summary>
public enum HeadSource
{
    /// <summary>MakeHuman: morphed base mesh with photographic skin.</summary>
    MakeHuman,

    /// <summary>ICT-FaceKit: measured identities and expressions, painted skin.</summary>
    Ict,
}
