using System.Numerics;
using AuStream.Synthesis.ActionUnits;
using AuStream.Synthesis.Backgrounds;
using AuStream.Synthesis.Cameras;
using AuStream.Synthesis.Pictures;
using AuStream.Synthesis.Randomness;
using AuStream.Synthesis.Scene;
using AuStream.Synthesis.Shading;

namespace AuStream.Synthesis.Samples;

/// <summary>
/// Films one or several people in one room: every frame with the truth about each of them. Room, light and exposure stay the same
/// through the sequence. The same actors and options give the same frames. Not thread-safe.
/// </summary>
public sealed class SequenceRenderer
{
    private const float Distance = 110;

    private readonly SequenceOptions _options;
    private readonly SequenceActor[] _actors;
    private readonly Renderer _renderer = new();
    private readonly CameraDeveloper _camera = new();
    private readonly LinearImage _people;
    private readonly LinearImage _picture;
    private readonly LinearImage _room;
    private readonly LightRig _light;
    private readonly List<SceneItem> _items = [];
    private readonly Vector2[] _points = new Vector2[68];
    private float _exposure;

    /// <param name="actors">The people; later ones may stand before earlier ones only by their size.</param>
    /// <param name="options">How it is filmed.</param>
    /// <exception cref="ArgumentException">No actors, or an option out of range.</exception>
    public SequenceRenderer(IReadOnlyList<SequenceActor> actors, SequenceOptions options)
    {
        ArgumentNullException.ThrowIfNull(actors);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (actors.Count == 0)
        {
            throw new ArgumentException("A sequence needs people.", nameof(actors));
        }

        _options = options;
        _actors = [.. actors];
        _people = new LinearImage(options.Width, options.Height);
        _picture = new LinearImage(options.Width, options.Height);
        _room = new LinearImage(options.Width, options.Height);
        var random = new RandomStream(options.Seed);
        _light = EvenLight(random.Split("light"));
        new BackgroundPainter().PaintRoom(random.Split("room"), _room);
    }

    /// <summary>Number of frames: as many as the longest timeline lasts.</summary>
    public int FrameCount => (int)Math.Round(_actors.Max(actor => actor.Timeline.Duration) * _options.FramesPerSecond);

    /// <summary>Films one frame. Frames must be filmed in order when bytes are to be the same again: the first one sets the exposure.</summary>
    /// <param name="time">Seconds from the start.</param>
    /// <param name="rgb">Receives Width · Height · 3 bytes.</param>
    /// <returns>The truth about each actor.</returns>
    public ActorTruth[] Render(double time, Span<byte> rgb)
    {
        var truth = new ActorTruth[_actors.Length];
        _items.Clear();
        float focal = 0;
        foreach (SequenceActor actor in _actors)
        {
            focal = Math.Max(focal, actor.EyeDistance(0) * Distance / PoseSampler.EyeDistanceCentimetres);
        }

        var camera = new PinholeCamera(_options.Width, _options.Height, focal, _options.Width / 2f, _options.Height / 2f);
        float reflectance = 0.35f;
        for (int i = 0; i < _actors.Length; i++)
        {
            truth[i] = AddActor(_actors[i], time, camera, out Vector2[] points);
            if (i == 0)
            {
                points.CopyTo(_points, 0);
                reflectance = _actors[i].Person.Skin.Reflectance;
            }
        }

        _renderer.Render([.. _items], camera, Light(time), _people);
        if (_exposure == 0)
        {
            _exposure = ExposureMeter.Measure(_people, _points, reflectance);
        }

        Compose(time);
        ulong frame = (ulong)Math.Round(time * 1000);
        _camera.Develop(_picture, _options.Camera with { Exposure = _options.Camera.Exposure * _exposure, Seed = new RandomStream(_options.Seed).Split(frame).NextBits() }, rgb);
        return truth;
    }

    private ActorTruth AddActor(SequenceActor actor, double time, PinholeCamera camera, out Vector2[] points)
    {
        TimelineMoment moment = actor.Timeline.At(time);
        PosedHead head = actor.Person.Person.Pose(moment.Expression);
        Vector3 turn = moment.HeadRotation + actor.Turn;
        float depth = camera.FocalLength * PoseSampler.EyeDistanceCentimetres / actor.EyeDistance(time);
        Vector2 center = actor.Center(time) + Motion(time);
        var middle = new Vector3(0, -3.2f, 1);
        var placement = new HeadPlacement(camera.Unproject(center, depth) - middle + moment.HeadOffset, turn.X, turn.Y, turn.Z);
        actor.Person.AddTo(head, placement, _items);

        if (actor.Clothing is not null)
        {
            // The body does not follow all of the head's turning.
            var body = new HeadPlacement(placement.Position, actor.Turn.X + (moment.HeadRotation.X * 0.35f), actor.Turn.Y * 0.2f, actor.Turn.Z * 0.3f);
            _items.Add(SceneItem.FromMaterial(actor.Clothing, body.ToCamera()));
        }

        Matrix4x4 toCamera = placement.ToCamera();
        foreach (OccluderStay stay in actor.Stays)
        {
            if (stay.At(time) is { } offset)
            {
                _items.AddRange(stay.Parts.Select(part => SceneItem.FromMaterial(part, Matrix4x4.CreateTranslation(offset) * toCamera)));
            }
        }

        points = new Vector2[68];
        for (int i = 0; i < 68; i++)
        {
            points[i] = camera.Project(Vector3.Transform(head.Points68[i], toCamera));
        }

        FaceBox box = FaceBox.Around(points);
        float x = box.X + (box.Width / 2);
        float y = box.Y + (box.Height / 2);
        return new ActorTruth([.. head.Intensities], box, turn, head.Gaze, x >= 0 && y >= 0 && x < _options.Width && y < _options.Height);
    }

    // What the camera's own motion does to everything in the picture, in pixels.
    private Vector2 Motion(double time)
    {
        float t = (float)time;
        return _options.CameraMotion * new Vector2(
            (0.7f * MathF.Sin(t * 0.83f)) + (0.3f * MathF.Sin((t * 2.9f) + 1)),
            (0.7f * MathF.Sin((t * 0.61f) + 2)) + (0.3f * MathF.Sin((t * 3.7f) + 3)));
    }

    private LightRig Light(double time)
    {
        if (_options.LightChange == 0)
        {
            return _light;
        }

        float factor = MathF.Exp(_options.LightChange * MathF.Sin((float)time * 0.7f));
        return _light with { Lights = [.. _light.Lights.Select(lamp => lamp with { Radiance = lamp.Radiance * factor })] };
    }

    private void Compose(double time)
    {
        // A held camera sways slowly; the room moves with it a little less than the people would.
        Vector2 motion = Motion(time);
        float swayX = (_options.CameraSway * MathF.Sin((float)time * 1.3f)) - motion.X;
        float swayY = (_options.CameraSway * MathF.Sin(((float)time * 0.9f) + 1)) - motion.Y;
        float level = 0.75f / _exposure;
        for (int y = 0; y < _picture.Height; y++)
        {
            float sy = Math.Clamp(y + swayY, 0, _picture.Height - 1.001f);
            int top = (int)sy;
            for (int x = 0; x < _picture.Width; x++)
            {
                float sx = Math.Clamp(x + swayX, 0, _picture.Width - 1.001f);
                int left = (int)sx;
                int at = (top * _picture.Width) + left;
                int below = Math.Min(top + 1, _picture.Height - 1) * _picture.Width;
                int right = Math.Min(left + 1, _picture.Width - 1);
                Vector4 room = Vector4.Lerp(
                    Vector4.Lerp(_room.Pixels[at], _room.Pixels[(top * _picture.Width) + right], sx - left),
                    Vector4.Lerp(_room.Pixels[below + left], _room.Pixels[below + right], sx - left),
                    sy - top);
                Vector4 person = _people.Pixels[(y * _picture.Width) + x];
                _picture.Pixels[(y * _picture.Width) + x] = new Vector4(person.AsVector3() + (room.AsVector3() * ((1 - person.W) * level)), 1);
            }
        }
    }

    // Even light from a window, as in a good interview.
    private static LightRig EvenLight(RandomStream random)
    {
        var surroundings = new SphericalIrradiance();
        surroundings.AddUniform(new Vector3(0.24f, 0.24f, 0.25f));
        surroundings.AddLobe(Vector3.UnitY, new Vector3(0.08f));
        surroundings.AddLobe(Vector3.UnitZ, new Vector3(0.06f));
        float side = random.Chance(0.5f) ? 1 : -1;
        return new LightRig
        {
            Lights =
            [
                new DirectionalLight(LightSampler.Direction(side * random.Uniform(25, 50), random.Uniform(20, 40)), new Vector3(0.72f, 0.70f, 0.66f), 0.35f),
                new DirectionalLight(LightSampler.Direction(-side * random.Uniform(50, 90), random.Uniform(0, 25)), new Vector3(0.20f, 0.21f, 0.23f), 0.4f),
            ],
            Surroundings = surroundings,
            ShadowStrength = 0.85f,
            OcclusionStrength = 0.8f,
        };
    }
}
