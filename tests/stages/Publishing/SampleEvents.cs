using AuStream.Stages.ActionUnits;
using AuStream.Stages.Publishing;

namespace AuStream.Stages.Tests.Publishing;

/// <summary>Event messages without an event stage.</summary>
internal static class SampleEvents
{
    private static readonly EventIdGenerator s_ids = new(TimeProvider.System);

    /// <summary>A start of AU12 of face 1, whose onset in µs is its number, so that a test can tell them apart.</summary>
    public static ActionUnitEvent Start(long number) => new(
        s_ids.Next(), "camera-1", 1, 12, EventPhase.Start, number, number, number, null, 2, 1.5f, EventEndReason.None);
}
