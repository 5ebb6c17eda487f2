namespace AuStream.Models.Evaluating;

/// <summary>One event and how much of it the other side agrees with.</summary>
/// <param name="Length">Frames of the event, at least 1.</param>
/// <param name="Shared">Frames of it that are present on the other side too.</param>
public readonly record struct EventOverlap(int Length, int Shared)
{
    /// <summary>True when at least the given share of the event is agreed with.</summary>
    /// <remarks>The small allowance lets 7 of 10 frames reach an overlap of 0.7, which is not exact in binary.</remarks>
    internal bool Reaches(double overlap) => Shared >= (overlap * Length) - 1e-9;

    /// <summary>The events in <paramref name="events"/>: runs of true that do not reach across a change of sequence.</summary>
    /// <param name="events">Presence per frame.</param>
    /// <param name="others">Presence per frame on the other side.</param>
    /// <param name="sequences">Number of the video per frame.</param>
    internal static List<EventOverlap> Find(ReadOnlySpan<bool> events, ReadOnlySpan<bool> others, ReadOnlySpan<int> sequences)
    {
        List<EventOverlap> found = [];
        int length = 0;
        int shared = 0;
        for (int i = 0; i < events.Length; i++)
        {
            if (length > 0 && (!events[i] || sequences[i] != sequences[i - 1]))
            {
                found.Add(new EventOverlap(length, shared));
                (length, shared) = (0, 0);
            }

            if (events[i])
            {
                length++;
                shared += others[i] ? 1 : 0;
            }
        }

        if (length > 0)
        {
            found.Add(new EventOverlap(length, shared));
        }

        return found;
    }
}
