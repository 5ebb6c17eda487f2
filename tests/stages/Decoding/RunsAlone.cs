namespace AuStream.Stages.Tests.Decoding;

/// <summary>Tests that look at the whole process: its children, its allocations. They run while no other test does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class RunsAlone
{
    public const string Name = "runs alone";
}
