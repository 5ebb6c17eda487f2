using AuStream.Synthesis.ActionUnits;
using AuStream.Synthesis.Assets;
using AuStream.Synthesis.People;
using AuStream.Synthesis.Pictures;
using AuStream.Synthesis.Randomness;

namespace AuStream.Synthesis.Samples;

/// <summary>Sheets to look at: who is made, what each action unit looks like, how faces move.</summary>
public static class ContactSheets
{
    /// <summary>Training pictures as they are, or with a faultless camera.</summary>
    /// <param name="assets">Heads, skins, hair.</param>
    /// <param name="options">As for samples.</param>
    /// <param name="firstIdentity">First identity; each cell shows the next one.</param>
    /// <param name="columns">Pictures per row.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="path">PNG file.</param>
    public static void People(SynthesisAssets assets, SampleOptions options, long firstIdentity, int columns, int rows, string path)
    {
        ArgumentNullException.ThrowIfNull(options);
        var sheet = new ContactSheet(columns, rows, Sample.Side, Sample.Side);
        var generator = new SampleGenerator(assets, options with { SamplesPerPerson = Math.Max(3, options.NeutralPerPerson + 1) });
        for (int i = 0; i < columns * rows; i++)
        {
            generator.Generate(firstIdentity + i, (_, sample) => sheet.Set(i, sample.Rgb));
        }

        sheet.Save(path);
    }

    /// <summary>One action unit from rest (left) over A, B, C, D to E on several people, one per row, under the same even light.</summary>
    /// <param name="assets">Heads, skins, hair.</param>
    /// <param name="people">How people are drawn.</param>
    /// <param name="actionUnit">FACS number.</param>
    /// <param name="firstSeed">Seed of the first person.</param>
    /// <param name="rows">Number of people.</param>
    /// <param name="path">PNG file.</param>
    public static void ActionUnit(SynthesisAssets assets, PersonOptions people, int actionUnit, ulong firstSeed, int rows, string path)
    {
        var sheet = new ContactSheet(6, rows, Sample.Side, Sample.Side);
        var maker = new PictureMaker();
        var sample = new Sample();
        for (int row = 0; row < rows; row++)
        {
            PaintedPerson person = PaintedPerson.Create(Person.Create(firstSeed + (ulong)row, assets, people));
            for (int level = 0; level <= 5; level++)
            {
                var expression = new Expression();
                expression.ActionUnits.SetBoth(actionUnit, level / 5f);
                maker.Make(person, expression, new RandomStream(firstSeed + (ulong)row), PictureOptions.Portrait, sample);
                sheet.Set((row * 6) + level, sample.Rgb);
            }
        }

        sheet.Save(path);
    }

    /// <summary>People over time, frames from left to right: two expressions from onset over apex to offset, a blink, speech, a turning head.</summary>
    /// <param name="assets">Heads, skins, hair.</param>
    /// <param name="seed">Seed of everything.</param>
    /// <param name="columns">Frames per row, 2 or more.</param>
    /// <param name="path">PNG file.</param>
    public static void Sequences(SynthesisAssets assets, ulong seed, int columns, string path)
    {
        ArgumentNullException.ThrowIfNull(assets);
        SequenceSheet.Draw(assets, seed, columns).Save(path);
    }
}
