using System.Numerics;
using AuStream.Synthesis.ActionUnits;
using AuStream.Synthesis.Backgrounds;
using AuStream.Synthesis.Cameras;
using AuStream.Synthesis.Measuring;
using AuStream.Synthesis.Occluding;
using AuStream.Synthesis.Pictures;
using AuStream.Synthesis.Randomness;
using AuStream.Synthesis.Scene;
using AuStream.Synthesis.Shading;

namespace AuStream.Synthesis.Samples;

/// <summary>
/// Makes pictures of people: pose, lens, light, background, occluders and camera all follow from one stream of random numbers.
/// Keeps buffers; not thread-safe: one per thread.
/// </summary>
/// <param name="times">Told how long each step takes, or null.</param>
public sealed class PictureMaker(StepTimes? times = null)
{
    private readonly Renderer _renderer = new(times);
    private readonly BackgroundPainter _backgrounds = new();
    private readonly CameraDeveloper _camera = new();
    private readonly LinearImage _person = new(Sample.Side, Sample.Side);
    private readonly LinearImage _scene = new(Sample.Side, Sample.Side);
    private readonly List<SceneItem> _items = [];

    /// <summary>Makes one picture.</summary>
    /// <param name="person">The person.</param>
    /// <param name="expression">What the face does; its gaze is replaced in half of the pictures, where the person looks at the camera.</param>
    /// <param name="random">Decides everything else.</param>
    /// <param name="options">Shares of difficulties.</param>
    /// <param name="sample">Receives picture and labels, but for identity and neutrality.</param>
    public void Make(PaintedPerson person, Expression expression, RandomStream random, PictureOptions options, Sample sample)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(expression);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(sample);
        long since = times?.Now() ?? 0;
        (float Yaw, float Pitch, float Roll) turn = options.IsFrontal ? default : PoseSampler.DrawTurn(random.Split("turn"));
        if (!options.IsFrontal)
        {
            DirectGaze(expression, turn, random.Split("gaze"));
        }

        PosedHead head = person.Person.Pose(expression);
        times?.Book(SynthesisStep.Pose, ref since);

        RandomStream framing = random.Split("framing");
        float usual = framing.Uniform(46, 72);
        float eyeDistance = options.EyeDistance ?? usual;
        Vector2 center = new Vector2(Sample.Side / 2f) + new Vector2(framing.Normal(0, 12), framing.Normal(4, 10));
        (PinholeCamera camera, HeadPlacement placement) = PoseSampler.Place(framing, Sample.Side, Sample.Side, eyeDistance, center, turn);

        _items.Clear();
        person.AddTo(head, placement, _items, options.HasWrinkles);
        times?.Book(SynthesisStep.Wrinkles, ref since);
        Matrix4x4 toCamera = placement.ToCamera();
        if (!Clothing.IsWornBy(head))
        {
            _items.Add(SceneItem.FromMaterial(Clothing.Draw(random.Split("clothing"), head.Parts[0]), toCamera));
        }

        RandomStream things = random.Split("occluders");
        bool isOccluded = things.Chance(options.OccluderShare);
        if (isOccluded)
        {
            foreach (ScenePart part in OccluderSampler.Draw(things, person.Person.Appearance.SkinColor, head))
            {
                _items.Add(SceneItem.FromMaterial(part, toCamera));
            }
        }

        times?.Book(SynthesisStep.Occluders, ref since);
        _renderer.Render([.. _items], camera, options.IsLitEvenly ? LightSampler.Even : LightSampler.Draw(random.Split("light")), _person);
        since = times?.Now() ?? 0;
        _backgrounds.Paint(random.Split("background"), _scene);
        WriteLabels(head, camera, placement, turn, sample);
        sample.IsOccluded = isOccluded;
        sample.Source = person.Person.Appearance.Source;

        float exposure = ExposureMeter.Measure(_person, sample.Points68, person.Skin.Reflectance);
        Compose(random.Split("level"), exposure);
        times?.Book(SynthesisStep.Background, ref since);
        CameraSettings settings = options.IsCameraFaultless
            ? new CameraSettings { Exposure = exposure }
            : CameraSampler.Draw(random.Split("camera"), eyeDistance, exposure);
        _camera.Develop(_scene, settings, sample.Rgb);
        times?.Book(SynthesisStep.Camera, ref since);
        times?.CountPicture();
    }

    private static void DirectGaze(Expression expression, (float Yaw, float Pitch, float Roll) turn, RandomStream random)
    {
        if (random.Chance(0.5f) && MathF.Abs(turn.Yaw) < 24 && MathF.Abs(turn.Pitch) < 18)
        {
            expression.Gaze = new Vector2(-turn.Yaw + random.Normal(0, 2), -turn.Pitch + random.Normal(0, 2));
        }
    }

    private void WriteLabels(PosedHead head, PinholeCamera camera, in HeadPlacement placement, (float Yaw, float Pitch, float Roll) turn, Sample sample)
    {
        Matrix4x4 toCamera = placement.ToCamera();
        for (int i = 0; i < 68; i++)
        {
            Vector3 point = Vector3.Transform(head.Points68[i], toCamera);
            sample.Points68[i] = camera.Project(point);
            sample.Visible68[i] = _renderer.IsVisible(point, camera, tolerance: 1);
        }

        head.Intensities.CopyTo(sample.Intensities, 0);
        sample.Pose = new Vector3(turn.Yaw, turn.Pitch, turn.Roll);
        sample.Gaze = head.Gaze;
        sample.Box = FaceBox.Around(sample.Points68);
    }

    // The person over the background, which is lit so that neither drowns the other.
    private void Compose(RandomStream random, float exposure)
    {
        float level = 1 / exposure * random.Uniform(0.5f, 1.1f);
        for (int i = 0; i < _scene.Pixels.Length; i++)
        {
            Vector4 person = _person.Pixels[i];
            _scene.Pixels[i] = new Vector4(person.AsVector3() + (_scene.Pixels[i].AsVector3() * ((1 - person.W) * level)), 1);
        }
    }
}
