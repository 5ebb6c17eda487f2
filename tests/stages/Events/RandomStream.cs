using AuStream.Stages.Events;
using AuStream.Stages.Faces;

namespace AuStream.Stages.Tests.Events;

/// <summary>A stream of several faces as bad as it gets: jitter, repeated times, holes, occlusions, losses, scores that are not numbers.</summary>
internal sealed class RandomStream
{
    private static readonly int[] ActionUnitNumbers = [12, 43, 4];
    private readonly List<(double Time, List<(long Face, FaceState State, float[]? Intensities)> Faces)> _frames = [];

    public RandomStream(int seed)
    {
        Random random = new(seed);
        Options = new EventSmootherOptions
        {
            FilterTimeConstant = TimeSpan.FromMilliseconds(random.Next(3) * random.Next(120)),
            OffFraction = 0.3f + (0.7f * random.NextSingle()),
            MinimumDuration = TimeSpan.FromMilliseconds(random.Next(2) * random.Next(300)),
            BridgedGap = TimeSpan.FromMilliseconds(random.Next(2) * random.Next(300)),
            UpdateInterval = TimeSpan.FromMilliseconds(random.Next(50, 800)),
            MaximumFilterDelay = TimeSpan.FromMilliseconds(random.Next(2) * random.Next(400)),
            LookAhead = TimeSpan.FromMilliseconds(random.Next(2) * random.Next(400)),
            OcclusionPatience = TimeSpan.FromMilliseconds(random.Next(100, 1500)),
        };

        long nextFace = 1;
        List<long> present = [];
        double[] level = new double[ActionUnitNumbers.Length];
        double time = 0;
        for (int frame = 0; frame < 400; frame++)
        {
            time += random.Next(20) == 0 ? 0 : (random.Next(60) == 0 ? 2000 * random.NextDouble() : 60 * random.NextDouble());
            if (present.Count < 3 && random.Next(15) == 0)
            {
                present.Add(nextFace++);
            }

            List<(long, FaceState, float[]?)> faces = [];
            foreach (long face in present.ToArray())
            {
                int fate = random.Next(100);
                if (fate == 0)
                {
                    present.Remove(face);
                    faces.Add((face, FaceState.Lost, null));
                }
                else if (fate == 1)
                {
                    present.Remove(face);
                }
                else
                {
                    faces.Add(fate < 10
                        ? (face, fate < 6 ? FaceState.Occluded : FaceState.Tracked, null)
                        : (face, FaceState.Tracked, Scores(random, level)));
                }
            }

            _frames.Add((time, faces));
        }

        End = time;
    }

    public EventSmootherOptions Options { get; }

    public double End { get; }

    /// <summary>All faces, or one of them alone; in chunks of random length whose messages are fetched chunk by chunk.</summary>
    public EventScenario Play(long? onlyFace = null, long originMicroseconds = 0, Random? chunks = null)
    {
        EventScenario scenario = new(Options, ActionUnitNumbers, 2, originMicroseconds);
        foreach ((double time, List<(long Face, FaceState State, float[]? Intensities)> faces) in _frames)
        {
            scenario.Frame(time, [.. faces.Where(face => onlyFace is null || face.Face == onlyFace)]);
            if (chunks?.Next(7) == 0)
            {
                scenario.NextChunk();
            }
        }

        return scenario.Complete(End);
    }

    // Walks that linger around the thresholds, with spikes and gaps.
    private static float[] Scores(Random random, double[] level)
    {
        float[] scores = new float[level.Length];
        for (int i = 0; i < level.Length; i++)
        {
            level[i] = Math.Clamp(level[i] + (1.5 * (random.NextDouble() - 0.5)), 0, 5);
            scores[i] = random.Next(40) switch
            {
                0 => float.NaN,
                1 => float.NegativeInfinity,
                2 => 5,
                3 => 0,
                4 => 2,
                _ => (float)level[i],
            };
        }

        return scores;
    }
}
