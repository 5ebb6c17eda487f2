namespace AuStream.Synthesis.People;

/// <summary>Sex that shape and skin were drawn for.</summary>
public enum PersonSex
{
    /// <summary>Female.</summary>
    Female,

    /// <summary>Male.</summary>
    Male,
}
