using FsCheck;
using FsCheck.Fluent;

namespace AuStream.Testing;

/// <summary>Seeds for properties that build their own random case. (Plain generated integers stay below 100 in size: too few cases.)</summary>
public static class Seeds
{
    /// <summary>Any seed.</summary>
    public static Arbitrary<int> Any { get; } = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();
}
