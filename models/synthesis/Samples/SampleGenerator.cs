using System.Numerics;
using AuStream.Synthesis.ActionUnits;
using AuStream.Synthesis.Assets;
using AuStream.Synthesis.Measuring;
using AuStream.Synthesis.People;
using AuStream.Synthesis.Randomness;

namespace AuStream.Synthesis.Samples;

/// <summary>Makes all samples of one person after another. The samples of an identity depend on options and identity only. Not thread-safe: one per thread.</summary>
public sealed class SampleGenerator
{
    private readonly SynthesisAssets _assets;
    private readonly SampleOptions _options;
    private readonly StepTimes? _times;
    private readonly PictureMaker _maker;
    private readonly Sample _sample = new();

    /// <param name="assets">Heads, skins, hair.</param>
    /// <param name="options">What to make.</param>
    /// <param name="times">Told how long each step takes, or null.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public SampleGenerator(SynthesisAssets assets, SampleOptions options, StepTimes? times = null)
    {
        ArgumentNullException.ThrowIfNull(assets);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _assets = assets;
        _options = options;
        _times = times;
        _maker = new PictureMaker(times);
    }

    /// <summary>Makes all samples of a person: the neutral ones first.</summary>
    /// <param name="identity">0 or more.</param>
    /// <param name="receive">Gets each sample with its number; the object is used again for the next one.</param>
    public void Generate(long identity, Action<int, Sample> receive)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(identity);
        ArgumentNullException.ThrowIfNull(receive);
        RandomStream random = new RandomStream(_options.Seed).Split("person").Split((ulong)identity);
        long since = _times?.Now() ?? 0;
        Person drawn = Person.Create(random.Split("identity").NextBits(), _assets, _options.People);
        _times?.Book(SynthesisStep.Person, ref since);
        PaintedPerson person = PaintedPerson.Create(drawn, _options.LargestTexture);
        _times?.Book(SynthesisStep.Skin, ref since);
        for (int number = 0; number < _options.SamplesPerPerson; number++)
        {
            RandomStream own = random.Split((ulong)number);
            bool isNeutral = number < _options.NeutralPerPerson;
            Expression expression = isNeutral ? Rest(own.Split("rest")) : ExpressionSampler.Sample(own.Split("expression"), _options.HasCombinations);
            _maker.Make(person, expression, own.Split("picture"), _options.Pictures, _sample);
            _sample.Identity = identity;
            _sample.IsNeutral = isNeutral;
            receive(number, _sample);
        }
    }

    private static Expression Rest(RandomStream random)
    {
        Expression expression = Expression.Neutral();
        expression.Gaze = new Vector2(random.Normal(0, 5), random.Normal(0, 3));
        return expression;
    }
}
