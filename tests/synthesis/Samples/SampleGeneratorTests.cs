using System.Numerics;
using AuStream.Synthesis.People;
using AuStream.Synthesis.Samples;
using AuStream.Synthesis.Tests.People;

namespace AuStream.Synthesis.Tests.Samples;

/// <summary>What is left out of the generator changes what it is for, and nothing else.</summary>
public sealed class SampleGeneratorTests
{
    private const int Neutral = 0;
    private static readonly SampleOptions s_all = new() { Seed = 7, SamplesPerPerson = 5, LargestTexture = 64 };
    private static readonly Lazy<Made[]> s_full = new(() => Make(s_all));

    [Fact]
    public void Skin_that_does_not_wrinkle_is_the_same_at_rest()
    {
        Made[] smooth = Make(s_all with { Pictures = new PictureOptions { HasWrinkles = false } });

        ShouldHaveTheSameLabels(smooth);
        smooth[Neutral].Pixels.ShouldBe(s_full.Value[Neutral].Pixels);
        smooth.Zip(s_full.Value).Count(pair => !pair.First.Pixels.SequenceEqual(pair.Second.Pixels)).ShouldBeGreaterThan(1);
    }

    [Fact]
    public void Even_light_and_a_faultless_camera_change_pictures_but_no_label()
    {
        foreach (PictureOptions options in (PictureOptions[])[new() { IsLitEvenly = true }, new() { IsCameraFaultless = true }])
        {
            Made[] made = Make(s_all with { Pictures = options });

            ShouldHaveTheSameLabels(made);
            made.Zip(s_full.Value).ShouldAllBe(pair => !pair.First.Pixels.SequenceEqual(pair.Second.Pixels));
        }
    }

    [Fact]
    public void Movement_by_the_table_reaches_the_same_levels_by_another_way()
    {
        Made[] made = Make(s_all with { People = new PersonOptions { HasOwnMovement = false } });

        made[Neutral].Points.ShouldBe(s_full.Value[Neutral].Points);
        made.Zip(s_full.Value).Count(pair => !pair.First.Points.SequenceEqual(pair.Second.Points)).ShouldBeGreaterThan(1);

        // Lips and jaw (the four before the last two of the 21) are labelled by what is measured.
        foreach ((Made one, Made other) in made.Zip(s_full.Value))
        {
            one.Intensities[..16].ShouldBe(other.Intensities[..16]);
        }
    }

    private static void ShouldHaveTheSameLabels(Made[] made)
    {
        foreach ((Made one, Made other) in made.Zip(s_full.Value))
        {
            one.Intensities.ShouldBe(other.Intensities);
            one.Points.ShouldBe(other.Points);
        }
    }

    private static Made[] Make(SampleOptions options)
    {
        var made = new List<Made>();
        new SampleGenerator(LoadedAssets.RequireMakeHumanOnly(), options).Generate(
            3, (_, sample) => made.Add(new Made([.. sample.Rgb], [.. sample.Intensities], [.. sample.Points68])));
        return [.. made];
    }

    private sealed record Made(byte[] Pixels, float[] Intensities, Vector2[] Points);
}
