using System.Numerics;
using AuStream.Synthesis.ActionUnits;
using AuStream.Synthesis.Cameras;
using AuStream.Synthesis.Randomness;
using AuStream.Synthesis.Scene;
using AuStream.Synthesis.Shading;

namespace AuStream.Synthesis.Samples;

/// <summary>
/// How a clip is filmed: where the head is, how camera and light move, what comes before the face. Drawn once per clip. Immutable.
/// </summary>
internal sealed class ClipConditions
{
    private readonly MotionCurve _centerX;
    private readonly MotionCurve _centerY;
    private readonly MotionCurve _closeness;
    private readonly MotionCurve _swayX;
    private readonly MotionCurve _swayY;
    private readonly MotionCurve _gain;
    private readonly LightRig _light;
    private readonly MotionCurve[] _lightLevels;
    private readonly float _distance;
    private readonly float _shutter;

    private ClipConditions(RandomStream random, double duration, float occludedShare, Func<RandomStream, IReadOnlyList<ScenePart>> things)
    {
        RandomStream framing = random.Split("framing");
        float eyeDistance = framing.Uniform(46, 70);
        _distance = MathF.Exp(framing.Uniform(MathF.Log(38), MathF.Log(230)));
        Camera = new PinholeCamera(Sample.Side, Sample.Side, eyeDistance * _distance / PoseSampler.EyeDistanceCentimetres, Sample.Side / 2f, Sample.Side / 2f);
        float half = Sample.Side / 2f;
        _centerX = Wander(framing, duration, half + framing.Normal(0, 8), framing.Uniform(0, 7), 0.8f, 3);
        _centerY = Wander(framing, duration, half + framing.Normal(4, 7), framing.Uniform(0, 5), 0.8f, 3);
        _closeness = Wander(framing, duration, 0, framing.Uniform(0, 0.07f), 1, 4);
        (float yaw, float pitch, float roll) = PoseSampler.DrawTurn(framing);
        BaseTurn = framing.Chance(0.3f) ? new Vector3(yaw, pitch, roll) * 0.7f : Vector3.Zero;

        RandomStream motion = random.Split("camera motion");
        float sway = motion.Chance(0.5f) ? motion.Uniform(0.5f, 5) : 0;
        _swayX = Wander(motion, duration, 0, sway, 0.15f, 0.8f);
        _swayY = Wander(motion, duration, 0, sway, 0.15f, 0.8f);
        _shutter = motion.Uniform(0.002f, 0.03f);

        RandomStream light = random.Split("light");
        _light = LightSampler.Draw(light);
        bool isSteady = light.Chance(0.6f);
        _lightLevels = [.. _light.Lights.Select(_ => isSteady ? new MotionCurve([(0, 1)]) : Levels(light, duration))];
        _gain = Wander(light, duration, 0, light.Chance(0.3f) ? light.Uniform(0.05f, 0.2f) : 0, 0.5f, 3);

        // The lens of a clip is a picture's; what shook that picture does not shake every frame.
        Settings = CameraSampler.Draw(random.Split("camera"), eyeDistance, 1) with { Motion = Vector2.Zero };
        Stays = DrawStays(random.Split("occluders"), duration, occludedShare, things);
    }

    /// <summary>Draws the conditions of a clip.</summary>
    /// <param name="random">A stream for this clip alone.</param>
    /// <param name="duration">Seconds.</param>
    /// <param name="occludedShare">Chance that something comes before the face.</param>
    /// <param name="things">Draws something that comes before the face, in head space.</param>
    public static ClipConditions Draw(RandomStream random, double duration, float occludedShare, Func<RandomStream, IReadOnlyList<ScenePart>> things) => new(random, duration, occludedShare, things);

    public PinholeCamera Camera { get; }

    /// <summary>Degrees added to the timeline's turn: people do not always sit opposite the camera.</summary>
    public Vector3 BaseTurn { get; }

    /// <summary>The camera's faults, of an exposure of 1.</summary>
    public CameraSettings Settings { get; }

    /// <summary>Things that come before the face, with the time they come and go.</summary>
    public IReadOnlyList<OccluderStay> Stays { get; }

    /// <summary>Shift of the whole picture in pixels by the camera's own motion.</summary>
    public Vector2 Sway(double time) => new(_swayX.At(time), _swayY.At(time));

    /// <summary>Factor on exposure: what an automatic one does.</summary>
    public float Gain(double time) => MathF.Exp(_gain.At(time));

    /// <summary>Light at a time.</summary>
    public LightRig Light(double time) => _light with
    {
        Lights = [.. _light.Lights.Select((lamp, index) => lamp with { Radiance = lamp.Radiance * _lightLevels[index].At(time) })],
    };

    /// <summary>Where the head is.</summary>
    /// <param name="time">Seconds.</param>
    /// <param name="turn">Turn in degrees.</param>
    /// <param name="offset">Centimetres.</param>
    public HeadPlacement Place(double time, Vector3 turn, Vector3 offset)
    {
        var unplaced = new HeadPlacement(Vector3.Zero, turn.X, turn.Y, turn.Z);
        Vector3 middle = Vector3.Transform(new Vector3(0, -3.2f, 1), unplaced.ToCamera());
        Vector2 center = new Vector2(_centerX.At(time), _centerY.At(time)) + Sway(time);
        float depth = _distance * MathF.Exp(_closeness.At(time));
        return unplaced with { Position = Camera.Unproject(center, depth) - middle + offset };
    }

    /// <summary>Motion of the picture while the shutter is open, in pixels of the camera.</summary>
    public Vector2 Smear(double time)
    {
        const double Step = 1 / 120.0;
        Vector2 way = Middle(time + Step) - Middle(time - Step);
        return way * (float)(_shutter / (2 * Step)) * Settings.Resolution;
    }

    private Vector2 Middle(double time) => new Vector2(_centerX.At(time), _centerY.At(time)) + Sway(time);

    private static MotionCurve Wander(RandomStream random, double duration, float around, float spread, float shortest, float longest)
    {
        var points = new List<(double, float)>();
        for (double t = 0; t < duration + longest; t += random.Uniform(shortest, longest))
        {
            points.Add((t, around + (spread * Math.Clamp(random.Normal(), -2.5f, 2.5f))));
        }

        return new MotionCurve(points);
    }

    // Lamps are switched in a moment, clouds take seconds.
    private static MotionCurve Levels(RandomStream random, double duration)
    {
        bool isSwitched = random.Chance(0.4f);
        var points = new List<(double, float)> { (0, random.Uniform(0.5f, 1.3f)) };
        for (double t = random.Uniform(0.5f, 4); t < duration; t += random.Uniform(1, 5))
        {
            points.Add((t, points[^1].Item2));
            points.Add((t + (isSwitched ? 0.05 : random.Uniform(0.5f, 2)), random.Uniform(0.25f, 1.5f)));
            t = points[^1].Item1;
        }

        return new MotionCurve(points);
    }

    private static List<OccluderStay> DrawStays(RandomStream random, double duration, float share, Func<RandomStream, IReadOnlyList<ScenePart>> things)
    {
        var stays = new List<OccluderStay>();
        if (random.Chance(share))
        {
            double t = random.Uniform(-0.5f, (float)(0.6 * duration));
            while (t < duration)
            {
                IReadOnlyList<ScenePart> parts = things(random);
                var from = new Vector3(random.Normal(0, 6), -22, random.Uniform(2, 8));
                double end = t + random.Uniform(0.4f, 3);
                stays.Add(new OccluderStay(parts, t, end, from));
                t = end + random.Uniform(1.5f, 8);
            }
        }

        return stays;
    }
}
