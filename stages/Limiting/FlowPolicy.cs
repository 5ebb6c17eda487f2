namespace AuStream.Stages.Limiting;

/// <summary>What an edge of the graph does when items come faster than they are taken.</summary>
public enum FlowPolicy
{
    /// <summary>The producer waits: files and pictures, where every frame counts.</summary>
    Lossless,

    /// <summary>The oldest waiting item is dropped, disposed and counted: live sources, where only the present counts.</summary>
    Latest,
}
