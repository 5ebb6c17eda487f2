using System.Numerics;
using AuStream.Synthesis.ActionUnits;
using AuStream.Synthesis.Assets;
using AuStream.Synthesis.Occluding;
using AuStream.Synthesis.People;
using AuStream.Synthesis.Randomness;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.Samples;

/// <summary>
/// Makes one person after another: some neutral pictures, then a clip. What an identity does depends on options and identity only.
/// Not thread-safe: one per thread.
/// </summary>
internal sealed class SequenceGenerator
{
    // A reference is taken of a face that looks more or less into the camera.
    private const float LargestReferenceYaw = 25;
    private const float LargestReferencePitch = 15;

    private readonly SynthesisAssets _assets;
    private readonly SequenceSampleOptions _options;
    private readonly PictureMaker _pictures = new();
    private readonly ClipMaker _clips = new();
    private readonly Sample _sample = new();

    public SequenceGenerator(SynthesisAssets assets, SequenceSampleOptions options) => (_assets, _options) = (assets, options);

    /// <summary>When the frames of a person's clip are taken, without filming it.</summary>
    public static ClipScript Script(long identity, SequenceSampleOptions options) => ClipScript.Draw(Stream(identity, options).Split("clip"), options);

    /// <summary>Makes a person's neutral pictures (those under other light first) and the frames of the clip, in order.</summary>
    /// <param name="identity">0 or more.</param>
    /// <param name="receive">Gets each picture with its number and its time in seconds, NaN for neutral ones; the object is used again.</param>
    public void Generate(long identity, Action<int, float, Sample> receive)
    {
        RandomStream random = Stream(identity, _options);
        PaintedPerson person = PaintedPerson.Create(Person.Create(random.Split("identity").NextBits(), _assets, _options.People), _options.LargestTexture);
        _sample.Identity = identity;
        _sample.IsNeutral = true;
        int row = 0;
        RandomStream rest = random.Split("rest");
        for (; row < _options.ForeignReferences; row++)
        {
            RandomStream own = rest.Split((ulong)row);
            ulong attempt = 0;
            do
            {
                _pictures.Make(person, Rest(own.Split("face")), own.Split("picture").Split(attempt), new PictureOptions { OccluderShare = 0 }, _sample);
            }
            while (++attempt < 8 && (MathF.Abs(_sample.Pose.X) > LargestReferenceYaw || MathF.Abs(_sample.Pose.Y) > LargestReferencePitch));
            receive(row, float.NaN, _sample);
        }

        RandomStream clip = random.Split("clip");
        ClipScript script = ClipScript.Draw(clip, _options);
        double duration = script.Times[^1] + 0.5;
        PosedHead resting = person.Person.Pose(Expression.Neutral());
        ClipConditions conditions = ClipConditions.Draw(
            clip.Split("conditions"), duration, _options.OccludedShare, stream => OccluderSampler.Draw(stream, person.Person.Appearance.SkinColor, resting));
        ExpressionTimeline timeline = TimelineSampler.Sample(clip.Split("timeline"), duration, script.Activity);
        _clips.Begin(person, conditions, clip.Split("film"));
        for (; row < _options.References; row++)
        {
            RandomStream own = rest.Split((ulong)row);
            var turn = new Vector3(own.Normal(0, 6), own.Normal(0, 4), own.Normal(0, 3)) - conditions.BaseTurn;
            _clips.Film(row, own.Uniform(0, (float)duration), new TimelineMoment(Rest(own.Split("face")), turn, Vector3.Zero), mayBeOccluded: false, _sample);
            receive(row, float.NaN, _sample);
        }

        _sample.IsNeutral = false;
        foreach (float time in script.Times)
        {
            _clips.Film(row, time, timeline.At(time), mayBeOccluded: true, _sample);
            receive(row++, time, _sample);
        }
    }

    private static RandomStream Stream(long identity, SequenceSampleOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(identity);
        return new RandomStream(options.Seed).Split("person").Split((ulong)identity);
    }

    private static Expression Rest(RandomStream random)
    {
        Expression expression = Expression.Neutral();
        expression.Gaze = new Vector2(random.Normal(0, 5), random.Normal(0, 3));
        return expression;
    }
}
