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
/// Films one person after another, frame by frame, with everything that is known about each frame. Keeps buffers; not thread-safe:
/// one per thread.
/// </summary>
internal sealed class ClipMaker
{
    private readonly Renderer _renderer = new();
    private readonly BackgroundPainter _backgrounds = new();
    private readonly CameraDeveloper _developer = new();
    private readonly LinearImage _person = new(Sample.Side, Sample.Side);
    private readonly LinearImage _room = new(Sample.Side, Sample.Side);
    private readonly LinearImage _picture = new(Sample.Side, Sample.Side);
    private readonly List<SceneItem> _items = [];
    private PaintedPerson? _painted;
    private ClipConditions? _conditions;
    private ScenePart? _clothing;
    private RandomStream _noise = new(0);
    private float _exposure;
    private float _roomLevel;

    /// <summary>Begins a clip: paints its background and dresses the person.</summary>
    /// <param name="person">The person.</param>
    /// <param name="conditions">How the clip is filmed.</param>
    /// <param name="random">A stream for this clip alone.</param>
    public void Begin(PaintedPerson person, ClipConditions conditions, RandomStream random)
    {
        (_painted, _conditions) = (person, conditions);
        _noise = random.Split("noise");
        _backgrounds.Paint(random.Split("background"), _room);
        PosedHead resting = person.Person.Pose(Expression.Neutral());
        _clothing = Clothing.IsWornBy(resting) ? null : Clothing.Draw(random.Split("clothing"), resting.Parts[0]);
        _roomLevel = random.Split("level").Uniform(0.5f, 1.1f);
        _exposure = 0;
    }

    /// <summary>Films one frame. The first one after <see cref="Begin"/> sets the exposure of the clip.</summary>
    /// <param name="frame">Number of the picture within the clip; decides its noise.</param>
    /// <param name="time">Seconds.</param>
    /// <param name="moment">What face and head do.</param>
    /// <param name="mayBeOccluded">False to leave out what comes before the face.</param>
    /// <param name="sample">Receives picture and labels, but for identity and neutrality.</param>
    public void Film(int frame, double time, TimelineMoment moment, bool mayBeOccluded, Sample sample)
    {
        ClipConditions conditions = _conditions ?? throw new InvalidOperationException("Begin a clip first.");
        PosedHead head = _painted!.Person.Pose(moment.Expression);
        var limits = new Vector3(PoseSampler.LargestYaw, PoseSampler.LargestPitch, PoseSampler.LargestRoll);
        Vector3 turn = Vector3.Clamp(moment.HeadRotation + conditions.BaseTurn, -limits, limits);
        HeadPlacement placement = conditions.Place(time, turn, moment.HeadOffset);
        Matrix4x4 toCamera = placement.ToCamera();
        _items.Clear();
        _painted.AddTo(head, placement, _items);
        if (_clothing is not null)
        {
            // The body does not follow all of the head's turning.
            var body = new HeadPlacement(placement.Position, turn.X * 0.45f, turn.Y * 0.2f, turn.Z * 0.3f);
            _items.Add(SceneItem.FromMaterial(_clothing, body.ToCamera()));
        }

        sample.IsOccluded = mayBeOccluded && AddOccluders(conditions, time, toCamera);
        _renderer.Render([.. _items], conditions.Camera, conditions.Light(time), _person);
        WriteLabels(head, conditions.Camera, toCamera, turn, sample);
        if (_exposure == 0)
        {
            _exposure = ExposureMeter.Measure(_person, sample.Points68, _painted.Skin.Reflectance);
        }

        Compose(conditions.Sway(time));
        CameraSettings settings = conditions.Settings with
        {
            Exposure = conditions.Settings.Exposure * _exposure * conditions.Gain(time),
            Motion = conditions.Smear(time),
            Seed = _noise.Split((ulong)frame).NextBits(),
        };
        _developer.Develop(_picture, settings, sample.Rgb);
    }

    private bool AddOccluders(ClipConditions conditions, double time, in Matrix4x4 toCamera)
    {
        bool isAny = false;
        foreach (OccluderStay stay in conditions.Stays)
        {
            if (stay.At(time) is { } offset)
            {
                isAny = true;
                foreach (ScenePart part in stay.Parts)
                {
                    _items.Add(SceneItem.FromMaterial(part, Matrix4x4.CreateTranslation(offset) * toCamera));
                }
            }
        }

        return isAny;
    }

    private void WriteLabels(PosedHead head, PinholeCamera camera, in Matrix4x4 toCamera, Vector3 turn, Sample sample)
    {
        for (int i = 0; i < 68; i++)
        {
            Vector3 point = Vector3.Transform(head.Points68[i], toCamera);
            sample.Points68[i] = camera.Project(point);
            sample.Visible68[i] = _renderer.IsVisible(point, camera, tolerance: 1);
        }

        head.Intensities.CopyTo(sample.Intensities, 0);
        sample.Pose = turn;
        sample.Gaze = head.Gaze;
        sample.Box = FaceBox.Around(sample.Points68);
        sample.Source = _painted!.Person.Appearance.Source;
    }

    // The room moves with the camera; beyond its border the last pixel stays.
    private void Compose(Vector2 sway)
    {
        const int Last = Sample.Side - 1;
        float level = _roomLevel / _exposure;
        for (int y = 0; y < Sample.Side; y++)
        {
            float sy = Math.Clamp(y - sway.Y, 0, Last);
            int top = Math.Min((int)sy, Last - 1) * Sample.Side;
            float down = sy - (top / Sample.Side);
            for (int x = 0; x < Sample.Side; x++)
            {
                float sx = Math.Clamp(x - sway.X, 0, Last);
                int left = Math.Min((int)sx, Last - 1);
                Vector4 room = Vector4.Lerp(
                    Vector4.Lerp(_room.Pixels[top + left], _room.Pixels[top + left + 1], sx - left),
                    Vector4.Lerp(_room.Pixels[top + Sample.Side + left], _room.Pixels[top + Sample.Side + left + 1], sx - left),
                    down);
                Vector4 person = _person.Pixels[(y * Sample.Side) + x];
                _picture.Pixels[(y * Sample.Side) + x] = new Vector4(person.AsVector3() + (room.AsVector3() * ((1 - person.W) * level)), 1);
            }
        }
    }
}
