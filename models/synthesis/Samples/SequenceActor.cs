using System.Numerics;
using AuStream.Synthesis.ActionUnits;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.Samples;

/// <summary>A person in a sequence: who, what the face does over time, and where in the picture.</summary>
public sealed class SequenceActor
{
    /// <summary>The person.</summary>
    public required PaintedPerson Person { get; init; }

    /// <summary>What the face does.</summary>
    public required ExpressionTimeline Timeline { get; init; }

    /// <summary>Distance between the eyes of the frontal face in pixels, by time in seconds.</summary>
    public required Func<double, float> EyeDistance { get; init; }

    /// <summary>Middle of the face in pixels, by time in seconds; far outside the picture when the person is away.</summary>
    public required Func<double, Vector2> Center { get; init; }

    /// <summary>Turn of the whole head in degrees, added to the timeline's: yaw, pitch, roll.</summary>
    public Vector3 Turn { get; init; }

    /// <summary>What comes before the face, and when.</summary>
    internal IReadOnlyList<OccluderStay> Stays { get; init; } = [];

    /// <summary>What the person wears, in head space, or null when the person's own parts include it.</summary>
    public ScenePart? Clothing { get; init; }
}
