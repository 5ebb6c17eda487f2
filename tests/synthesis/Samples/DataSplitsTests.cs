using AuStream.Synthesis.Samples;

namespace AuStream.Synthesis.Tests.Samples;

public class DataSplitsTests
{
    [Fact]
    public void About_nine_tenths_of_people_are_for_training_and_a_twentieth_each_for_validation_and_test()
    {
        var counts = new int[3];
        for (long identity = 0; identity < 100_000; identity++)
        {
            counts[(int)DataSplits.Of(identity)]++;
        }

        ((double)counts[0]).ShouldBe(90_000, 600);
        ((double)counts[1]).ShouldBe(5_000, 400);
        ((double)counts[2]).ShouldBe(5_000, 400);
    }

    [Fact]
    public void The_hash_is_the_one_that_training_uses()
    {
        // From split_of in models/training/austream_training/data/shards.py.
        int[] expected = [.. Enumerable.Range(0, 200).Select(identity =>
        {
            System.UInt128 word = System.UInt128.One << 64;
            ulong mixed = (ulong)(((System.UInt128)(ulong)(identity + 1) * 0x9E3779B97F4A7C15UL) % word);
            mixed ^= mixed >> 29;
            mixed = (ulong)(((System.UInt128)mixed * 0xBF58476D1CE4E5B9UL) % word);
            mixed ^= mixed >> 32;
            return (mixed % 20) switch { 18 => 1, 19 => 2, _ => 0 };
        })];
        Enumerable.Range(0, 200).Select(identity => (int)DataSplits.Of(identity)).ShouldBe(expected);
    }
}
