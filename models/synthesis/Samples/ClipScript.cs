using AuStream.Synthesis.ActionUnits;
using AuStream.Synthesis.Randomness;

namespace AuStream.Synthesis.Samples;

/// <summary>
/// When the frames of a clip are taken and how much happens in it; cheap to draw, so that shards are planned before they are filmed.
/// Immutable.
/// </summary>
internal sealed record ClipScript
{
    private const double ShortestSeconds = 2;
    private const double LongestSeconds = 20;

    /// <summary>Frames per second, 5–60; most clips have 8 to 15.</summary>
    public required float FramesPerSecond { get; init; }

    /// <summary>Presentation time of every frame in seconds, rising from 0.</summary>
    public required IReadOnlyList<float> Times { get; init; }

    /// <summary>How much the face does.</summary>
    public required TimelineActivity Activity { get; init; }

    /// <summary>Draws a script.</summary>
    /// <param name="random">A stream for this clip alone.</param>
    /// <param name="options">Numbers and shares.</param>
    public static ClipScript Draw(RandomStream random, SequenceSampleOptions options)
    {
        RandomStream own = random.Split("script");
        float rate = own.PickIndex([0.72f, 0.1f, 0.13f, 0.05f]) switch
        {
            0 => own.Uniform(8, 15),
            1 => own.Uniform(5, 8),
            2 => own.Uniform(15, 30),
            _ => own.Uniform(30, 60),
        };
        double seconds = Math.Clamp(options.FramesPerClip * own.Uniform(2 / 3f, 4 / 3f) / rate, ShortestSeconds, LongestSeconds);
        int count = Math.Max(2, (int)(seconds * rate));

        // Cameras keep time more or less well; some lose frames.
        float jitter = own.Chance(0.5f) ? own.Uniform(0, 0.2f) : 0;
        float lost = own.Chance(0.2f) ? own.Uniform(0.02f, 0.12f) : 0;
        var times = new List<float> { 0 };
        for (int i = 1; i < count; i++)
        {
            float time = (i + (jitter * own.Uniform(-1, 1))) / rate;
            if (!own.Chance(lost))
            {
                times.Add(time);
            }
        }

        float kind = own.NextUnit();
        return new ClipScript
        {
            FramesPerSecond = rate,
            Times = times,
            Activity = kind < options.CalmShare ? TimelineActivity.Calm
                : kind < options.CalmShare + options.BeginsHeldShare ? TimelineActivity.BeginsHeld : TimelineActivity.Lively,
        };
    }
}
