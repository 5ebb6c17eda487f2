using AuStream.Synthesis.Randomness;

namespace AuStream.Synthesis.ActionUnits;

/// <summary>Speech-like movement of the mouth: vowels and consonants of 70 to 180 ms in turn that run into each other, in stretches. Immutable.</summary>
internal sealed class SpeechTrack
{
    private readonly List<(double Time, SpeechMouth Mouth)> _keys = [];

    /// <param name="random">Chooses the visemes.</param>
    /// <param name="intervals">Stretches of speech, in order, not overlapping.</param>
    public SpeechTrack(RandomStream random, IReadOnlyList<(double Start, double End)> intervals)
    {
        Intervals = [.. intervals];
        foreach ((double start, double end) in intervals)
        {
            float articulation = random.Uniform(0.65f, 1);
            double t = start;
            _keys.Add((t, default));
            bool isVowel = false;
            while (true)
            {
                t += random.Uniform(0.07f, 0.18f);
                if (t > end - 0.12)
                {
                    break;
                }

                _keys.Add((t, SpeechMouth.Draw(random, isVowel) * (articulation * random.Uniform(0.7f, 1.1f))));
                isVowel = !isVowel;
            }

            _keys.Add((end, default));
        }
    }

    public IReadOnlyList<(double Start, double End)> Intervals { get; }

    public void AddTo(Expression expression, double time)
    {
        for (int i = 1; i < _keys.Count; i++)
        {
            if (time >= _keys[i - 1].Time && time < _keys[i].Time)
            {
                float share = ActionUnitInterval.SmoothStep((time - _keys[i - 1].Time) / (_keys[i].Time - _keys[i - 1].Time));
                SpeechMouth.Between(_keys[i - 1].Mouth, _keys[i].Mouth, share).AddTo(expression, 1);
                return;
            }
        }
    }
}
